import { invariant } from "../../base/invariant.ts";
import type { ImportedOperation } from "../../model/operation.ts";

type StreamName = Pick<ImportedOperation, "documentId" | "scope" | "branch">;

/** Operations merged in one transaction, beside the stream that goes over it: about 10 MB. */
const batchSize = 10_000;

/** How long each stream of a log is, and which streams are merged together. */
export class StreamCounts {
  readonly #counts = new Map<string, number>();
  readonly #batches = new Map<string, number>();

  /** Counts one more; gives how many there were before. */
  count(name: StreamName): number {
    const key = keyOf(name);
    const before = this.#counts.get(key) ?? 0;
    this.#counts.set(key, before + 1);
    return before;
  }

  /** Puts streams together until a batch is full, in the order in which they began. Gives the number of batches. */
  makeBatches(): number {
    let batch = 0;
    let size = 0;
    for (const [key, count] of this.#counts) {
      if (size >= batchSize) {
        batch++;
        size = 0;
      }
      this.#batches.set(key, batch);
      size += count;
    }
    return this.#counts.size === 0 ? 0 : batch + 1;
  }

  batchOf(name: StreamName): number {
    const batch = this.#batches.get(keyOf(name));
    invariant(batch !== undefined, "a stream that was counted has its batch");
    return batch;
  }
}

/** The parts of a name may hold any character, so they are not merely joined. */
function keyOf({ documentId, scope, branch }: StreamName): string {
  return JSON.stringify([documentId, scope, branch]);
}
