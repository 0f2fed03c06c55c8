import { readColumn } from "./column.ts";
import type { Order } from "./plan.ts";
import type { Row } from "./row.ts";
import { compareTexts, compareValues } from "./value-order.ts";

export type CompareRows = (a: Row, b: Row) => number;

/** Compares rows by their key: no two rows of one plan are equal in it. */
export function compareKeys(a: Row, b: Row): number {
  return compareTexts(a.key, b.key);
}

/** Compares rows by the columns of an order and then by key, so that no two rows of one plan are equal in it. */
export function compileOrder(order: Order): CompareRows {
  const columns = order.map(compileColumn);
  const [only] = columns;
  if (only === undefined) return compareKeys;
  if (columns.length === 1) return (a, b) => only(a, b) || compareKeys(a, b);
  return (a, b) => {
    for (const compare of columns) {
      const found = compare(a, b);
      if (found !== 0) return found;
    }
    return compareKeys(a, b);
  };
}

function compileColumn([name, direction]: Order[number]): CompareRows {
  const read = readColumn(name);
  if (direction === "ascending") return (a, b) => compareValues(read(a), read(b));
  return (a, b) => compareValues(read(b), read(a));
}
