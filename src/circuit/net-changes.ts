import { isEqual } from "./equal.ts";
import type { Change, Changes, Row } from "./row.ts";

/** Takes what happens to rows: one comes, goes, or becomes another under the same key. */
export type Sink = {
  readonly replace: (before: Row | undefined, after: Row | undefined) => void;
  /** As `replace`, for rows that differ. */
  readonly tell: (change: Change) => void;
};

/**
 * Adds up what happens to rows in the course of a step, in the order in which it happens: a row that comes and goes is not told.
 * Of one key the row that was there goes before another comes.
 */
export class NetChanges implements Sink {
  #changes: Map<string, { key: string; before: Row | undefined; after: Row | undefined }> | undefined;

  enter(row: Row): void {
    this.replace(undefined, row);
  }

  leave(row: Row): void {
    this.replace(row, undefined);
  }

  replace(before: Row | undefined, after: Row | undefined): void {
    const row = after ?? before;
    if (row === undefined) return;
    this.#changes ??= new Map();
    const known = this.#changes.get(row.key);
    if (known === undefined) this.#changes.set(row.key, { key: row.key, before, after });
    else known.after = after;
  }

  tell({ before, after }: Change): void {
    this.replace(before, after);
  }

  /** What remains of it all. */
  total(): Changes {
    const total = new ChangeList();
    if (this.#changes !== undefined) for (const change of this.#changes.values()) total.push(change);
    return total.changes;
  }
}

/** What happens to rows in a step in which no key is met twice. */
export class ChangeList implements Sink {
  readonly #changes: Change[] = [];

  get changes(): Changes {
    return this.#changes;
  }

  replace(before: Row | undefined, after: Row | undefined): void {
    const row = after ?? before;
    if (row !== undefined) this.push({ key: row.key, before, after });
  }

  tell(change: Change): void {
    this.#changes.push(change);
  }

  /** Takes a change, unless it is of a row into an equal one. */
  push(change: Change): void {
    if (!isEqual(change.before, change.after)) this.#changes.push(change);
  }
}
