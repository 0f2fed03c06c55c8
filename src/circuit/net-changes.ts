import { isEqual } from "./equal.ts";
import type { Change, Changes, Row } from "./row.ts";

/**
 * Adds up what happens to rows in the course of a step, in the order in which it happens: a row that comes and goes is not told.
 * A row leaves before another state of it enters.
 */
export class NetChanges {
  readonly #changes = new Map<string, { key: string; before: Row | undefined; after: Row | undefined }>();

  enter(row: Row): void {
    const known = this.#changes.get(row.key);
    if (known === undefined) this.#changes.set(row.key, { key: row.key, before: undefined, after: row });
    else known.after = row;
  }

  leave(row: Row): void {
    const known = this.#changes.get(row.key);
    if (known === undefined) this.#changes.set(row.key, { key: row.key, before: row, after: undefined });
    else known.after = undefined;
  }

  /** What remains of it all. */
  total(): Changes {
    const total: Change[] = [];
    for (const change of this.#changes.values())
      if (!isEqual(change.before, change.after)) total.push(change);
    return total;
  }
}
