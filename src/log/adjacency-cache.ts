import type { RelationshipChange } from "./index-operations.ts";
import type { LoggedRelationship, RelationshipName } from "./relationship-set.ts";
import { Adjacency } from "./walks.ts";

/** What a transaction did to the rows; `change` is `undefined` when they were made anew. */
type Step = { readonly from: number; readonly to: number; readonly change: RelationshipChange | undefined };

/**
 * The relationships in memory, for walks. Loaded when they are first asked for, then kept up with what is indexed at the
 * cost of the change, so that asking after each write costs no more than the writes.
 */
export class AdjacencyCache {
  #loaded: { readonly cursor: number; readonly adjacency: Adjacency } | undefined;
  #steps: Step[] = [];

  /** Whether there is something to keep up. */
  get isFollowed(): boolean {
    return this.#loaded !== undefined;
  }

  /** A transaction begins; what one before it noted and did not commit never happened. */
  begin(): void {
    this.#steps = [];
  }

  /** The transaction moves the cursor. */
  note(step: Step): void {
    if (this.#loaded !== undefined) this.#steps.push(step);
  }

  /** The transaction is on disk. */
  commit(): void {
    for (const step of this.#steps.splice(0)) this.#follow(step);
  }

  /** The relationships as they are at `cursor`. */
  async get(
    cursor: number,
    load: () => Promise<ConstructorParameters<typeof Adjacency>[0]>,
  ): Promise<Adjacency> {
    if (this.#loaded?.cursor !== cursor) this.#loaded = { cursor, adjacency: new Adjacency(await load()) };
    return this.#loaded.adjacency;
  }

  #follow({ from, to, change }: Step): void {
    if (this.#loaded === undefined || change === undefined || this.#loaded.cursor !== from) {
      this.#loaded = undefined;
      return;
    }
    const { adjacency } = this.#loaded;
    if (change.removed.length > 0) adjacency.remove(change.removed.map(edgeOf));
    adjacency.add(change.added.map(edgeOf));
    this.#loaded = { cursor: to, adjacency };
  }
}

function edgeOf({ sourceId, targetId, type }: RelationshipName | LoggedRelationship) {
  return { source: sourceId, target: targetId, type };
}
