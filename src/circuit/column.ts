import type { Row, Value } from "./row.ts";

/** Gives the value of one column of a row, null when the row does not have it. */
export type Reader = (row: Row) => Value;

/** Cost of a reading: one property of an object. */
export function readColumn(name: string): Reader {
  // Every object seems to have these (`constructor`, `toString`); the row has them only if it says so itself.
  if (name in Object.prototype) return (row) => (Object.hasOwn(row, name) ? (row[name] ?? null) : null);
  return (row) => row[name] ?? null;
}
