import { isEqual } from "./equal.ts";
import type { Change, Changes, Row } from "./row.ts";

/**
 * The rows of a table that were touched since the last flush, each as it was at that flush. Whatever happened to a row
 * in between, its net effect is the difference to what it is now.
 */
export class Pending {
  readonly #rows: ReadonlyMap<string, Row>;
  readonly #before = new Map<string, Row | undefined>();

  /** @param rows those of the table, as they change. */
  constructor(rows: ReadonlyMap<string, Row>) {
    this.#rows = rows;
  }

  /** How many rows were touched. */
  get size(): number {
    return this.#before.size;
  }

  /** To be called before a row is put or removed, with the row that it is until then. */
  touch(key: string, row: Row | undefined): void {
    if (!this.#before.has(key)) this.#before.set(key, row);
  }

  /** The net effect since the last call, in the order in which the rows were first touched. */
  take(): Changes {
    const changes: Change[] = [];
    for (const [key, before] of this.#before) {
      const after = this.#rows.get(key);
      // An `undefined` equals only another one.
      if (before !== after && !isEqual(before, after)) changes.push({ key, before, after });
    }
    this.#before.clear();
    return changes;
  }
}
