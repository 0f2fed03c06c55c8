import { fits } from "../circuit/check-entry.ts";
import type { Row, Value } from "../circuit/row.ts";
import type { Column, TableSchema } from "../circuit/schema.ts";

const nothing: { readonly [T in Column["type"]]: Value } = {
  text: "",
  number: 0,
  boolean: false,
  json: null,
};

/**
 * The row as its table takes it: what does not fit is shown as nothing. A database of an earlier version, or a size that
 * is no number, must not stop a build for what is only shown.
 */
export function fittedRow(row: Row, schema: TableSchema): Row {
  const columns = Object.entries(schema).map(([name, column]): [string, Value] => {
    const value = row[name];
    if (value !== undefined && fits(value, column)) return [name, value];
    return [name, column.nullable ? null : nothing[column.type]];
  });
  return { ...Object.fromEntries(columns), key: row.key };
}
