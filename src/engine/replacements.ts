import type { ContentHash, TaskKey } from "../model/ids.ts";
import type { OutputRecord } from "../model/output.ts";
import type { Replaced } from "../store/prune-made.ts";

/** What the outputs of a project were and are no more, until it is collected. */
export class Replacements {
  readonly #keys = new Set<TaskKey>();
  readonly #hashes = new Set<ContentHash>();
  /** At first, since a killed tab may have left more than anybody knows of. */
  #isUnknown = true;

  /** An output that went, or became another. */
  note(before: OutputRecord | undefined, after?: OutputRecord): void {
    if (before === undefined) return;
    const { taskKey, artifact } = before;
    if (taskKey !== null && taskKey !== after?.taskKey) this.#keys.add(taskKey);
    if (artifact !== null && artifact.hash !== after?.artifact?.hash) this.#hashes.add(artifact.hash);
  }

  /** More may have been replaced than was noted. */
  noteUnknown(): void {
    this.#isUnknown = true;
  }

  /** All of it, and begins anew; `unknown` where that is not all, `null` where there is none. */
  take(): Replaced | "unknown" | null {
    const taken = { keys: [...this.#keys], hashes: [...this.#hashes] };
    const isUnknown = this.#isUnknown;
    this.#keys.clear();
    this.#hashes.clear();
    this.#isUnknown = false;
    if (isUnknown) return "unknown";
    return taken.keys.length + taken.hashes.length === 0 ? null : taken;
  }
}
