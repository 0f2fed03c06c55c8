import { canonicalJson } from "../base/canonical-json.ts";
import { readColumn } from "./column.ts";
import type { Row, Value } from "./row.ts";
import { isData } from "./value-order.ts";

/** A value under which a `Map` finds what has the same value: two are equal exactly when the values are. */
export type Identity = string | number | boolean | null;

/** Cost: constant but for lists and objects, whose text is made. */
export function identityOf(value: Value): Identity {
  if (typeof value === "string") return value.charCodeAt(0) === 0 ? `\0text${value}` : value;
  if (typeof value === "object" && value !== null) return `\0data${canonicalJson(value)}`;
  return value;
}

/** The JSON array of some values, with the keys of objects in one order. */
export function keyOfValues(values: readonly Value[]): string {
  return `[${values.map(textOf).join(",")}]`;
}

function textOf(value: Value): string {
  if (typeof value === "number") return String(value);
  return isData(value) ? canonicalJson(value) : JSON.stringify(value);
}

/** Tells apart the lists of values that rows have in these columns; null is a value like any other. */
export function compileIdentity(columns: readonly string[]): (row: Row) => Identity {
  const readers = columns.map(readColumn);
  const [only] = readers;
  if (only !== undefined && readers.length === 1) return (row) => identityOf(only(row));
  return (row) => {
    let text = "";
    for (const read of readers) text += partOf(read(row));
    return text;
  };
}

/** As `compileIdentity`, but null as soon as one of the values is: such a row is equal to none. */
export function compileMatch(columns: readonly string[]): (row: Row) => Identity {
  const readers = columns.map(readColumn);
  const [only] = readers;
  if (only !== undefined && readers.length === 1) return (row) => identityOf(only(row));
  return (row) => {
    let text = "";
    for (const read of readers) {
      const value = read(row);
      if (value === null) return null;
      text += partOf(value);
    }
    return text;
  };
}

/** A text of a value that ends where it says, so that no two lists of values give one text when theirs are strung together. */
function partOf(value: Value): string {
  if (typeof value === "string") return `${value.length}:${value}`;
  if (typeof value === "number") return `#${value};`;
  if (!isData(value)) return value === null ? "_" : value ? "t" : "f";
  const text = canonicalJson(value);
  return `@${text.length}:${text}`;
}

/** The value itself, but of equal lists or objects that differ in how they are written always the same. */
export function representative(value: Value): Value {
  return isData(value) ? (JSON.parse(canonicalJson(value)) as Value) : value;
}
