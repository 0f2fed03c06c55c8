import fc from "fast-check";
import { alike, tableColumns, tableNames, values } from "./random-plan.test-kit.ts";
import { rowText } from "./recomputation.test-kit.ts";
import type { Tables } from "./recomputation.test-kit.ts";
import type { Change, Changes, Row, Value } from "./row.ts";

/** A row that comes in place of the one with its key, or (`columns` null) the key that goes. */
export type Write = {
  readonly table: string;
  readonly key: string;
  readonly columns: { readonly [name: string]: Value } | null;
};

/** Few keys, so that rows are met again; some would be one to a 32-bit hash, some look like keys of pairs. */
const keys = ["k1", "k2", "k3", '["k1"]', "", ...alike.fnv, ...alike.xxhash] as const;

/** More keys than these, for tables of some size. */
const manyKeys = Array.from({ length: 50 }, (_, at) => `n${at}`);

/** Batches that change most of two tables. */
export function floods(): fc.Arbitrary<readonly Write[]> {
  return fc.array(writes([...keys, ...manyKeys]), { minLength: 100, maxLength: 200, size: "max" });
}

/** Writes to the tables; one batch may write a key several times. */
export function batches(maxLength: number): fc.Arbitrary<readonly Write[]> {
  return fc.array(writes(keys), { maxLength });
}

/** Writes to rows with some of these keys. */
export function writes(among: readonly string[]): fc.Arbitrary<Write> {
  const columns = fc
    .tuple(...tableColumns.map(() => fc.option(values, { nil: undefined, freq: 6 })))
    .map((all) =>
      Object.fromEntries(
        all.flatMap((value, at) => (value === undefined ? [] : [[tableColumns[at]!, value]])),
      ),
    );
  return fc.record({
    table: fc.constantFrom(...tableNames),
    key: fc.constantFrom(...among),
    columns: fc.option(columns, { nil: null, freq: 3 }),
  });
}

/** Tables that are written to, and tell the net changes of a batch. */
export class WrittenTables {
  readonly #rows = new Map<string, Map<string, Row>>(tableNames.map((name) => [name, new Map()]));

  rowsOf(table: string): Iterable<Row> {
    return this.#rows.get(table)?.values() ?? [];
  }

  /** All rows, for a recomputation. */
  get all(): Tables {
    return Object.fromEntries([...this.#rows].map(([name, rows]) => [name, [...rows.values()]]));
  }

  write(batch: readonly Write[]): ReadonlyMap<string, Changes> {
    const before = new Map([...this.#rows].map(([name, rows]) => [name, new Map(rows)]));
    for (const { table, key, columns } of batch) {
      if (columns === null) this.#rows.get(table)!.delete(key);
      else this.#rows.get(table)!.set(key, rowOf(key, columns));
    }
    const changes = new Map<string, Changes>();
    for (const [name, rows] of this.#rows) {
      const net = differences(before.get(name)!, rows);
      if (net.length > 0) changes.set(name, net);
    }
    return changes;
  }
}

/** A column that cannot be read stays so. */
function rowOf(key: string, columns: NonNullable<Write["columns"]>): Row {
  return Object.defineProperties({ key }, Object.getOwnPropertyDescriptors(columns));
}

function differences(before: ReadonlyMap<string, Row>, after: Map<string, Row>): Changes {
  const changes: Change[] = [];
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(key), after.get(key)];
    if (was === is) continue;
    // Two rows that say the same are no change: the table keeps the one that it has.
    if (was !== undefined && is !== undefined && rowText(was) === rowText(is)) after.set(key, was);
    else changes.push({ key, before: was, after: is });
  }
  return changes;
}
