import type { ProjectId } from "../model/ids.ts";
import type { ViewName, ViewRows } from "../model/view-rows.ts";
import { isEqual } from "./equal.ts";

/** What changed in the view V: the member of `Delta` for it. */
export type DeltaOf<V extends ViewName> = {
  readonly projectId: ProjectId;
  readonly view: V;
  readonly reset: boolean;
  readonly upserts: readonly ViewRows[V][];
  readonly removals: readonly string[];
};

/**
 * How much the next delta must tell:
 * - `first`: all, as soon as there is something to tell
 * - `all`: all, because the view was cleared
 * - `changes`: what changed
 */
type Duty = "first" | "all" | "changes";

/**
 * The rows of one view, and what has come for it since the last flush. Invariant: whoever applies every delta flushed
 * holds the rows of `#held`, in the same order.
 */
export class Table<V extends ViewName> {
  readonly #projectId: ProjectId;
  readonly #view: V;
  readonly #held = new Map<string, ViewRows[V]>();
  /** The last word on each key touched since the last flush; `null` removes. */
  readonly #pending = new Map<string, ViewRows[V] | null>();
  #duty: Duty = "first";

  constructor(projectId: ProjectId, view: V) {
    this.#projectId = projectId;
    this.#view = view;
  }

  ingest(upserts: readonly ViewRows[V][], removals: readonly string[]): void {
    for (const key of removals) this.#pending.set(key, null);
    for (const row of upserts) this.#pending.set(row.key, row);
  }

  clear(): void {
    this.#pending.clear();
    this.#duty = "all";
  }

  /** What changed since the last flush, or `undefined` when nothing did. */
  flush(): DeltaOf<V> | undefined {
    const { upserts, removals } = this.#settle();
    const unchanged = upserts.length === 0 && removals.length === 0;
    if (unchanged && this.#duty !== "all") return undefined;
    const whole = this.#duty !== "changes";
    this.#duty = "changes";
    return whole ? this.snapshot() : this.#delta(upserts, removals);
  }

  /** Everything flushed so far. */
  snapshot(): DeltaOf<V> {
    return { ...this.#delta([...this.#held.values()], []), reset: true };
  }

  /** Carries out what is pending and tells its net effect on the rows held before. */
  #settle(): { readonly upserts: readonly ViewRows[V][]; readonly removals: readonly string[] } {
    const upserts: ViewRows[V][] = [];
    const removals: string[] = [];
    if (this.#duty === "all") this.#held.clear();
    for (const [key, row] of this.#pending) {
      if (row === null) {
        if (this.#held.delete(key)) removals.push(key);
      } else if (!isEqual(this.#held.get(key), row)) {
        this.#held.set(key, row);
        upserts.push(row);
      }
    }
    this.#pending.clear();
    return { upserts, removals };
  }

  #delta(upserts: readonly ViewRows[V][], removals: readonly string[]): DeltaOf<V> {
    return { projectId: this.#projectId, view: this.#view, reset: false, upserts, removals };
  }
}
