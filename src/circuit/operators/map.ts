import { compileExpression } from "../compile-expression.ts";
import type { Reader } from "../column.ts";
import type { NewRow } from "../copy-row.ts";
import { isEqual } from "../equal.ts";
import type { Expression } from "../expression.ts";
import { noChanges } from "../operator.ts";
import type { Operator, Rows } from "../operator.ts";
import type { Change, Changes, Row } from "../row.ts";

/** Each row with the columns computed from it. Holds nothing: it computes what a row was before anew. */
export function map(columns: { readonly [name: string]: Expression }): Operator {
  const compute = compileColumns(columns);
  return {
    load: () => {},
    apply: ([changes = noChanges]) => mapChanges(changes, compute),
    rows: ([rows = []]) => mapRows(rows, compute),
    held: () => 0,
    loaded: () => 0,
  };
}

/** Rows get their columns in one order, that of the names, so that equal plans make rows of one shape. */
function compileColumns(columns: { readonly [name: string]: Expression }): (row: Row) => Row {
  const computed = Object.entries(columns)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, expression]) => [name, compileExpression(expression)] as const);
  const names = computed.map(([name]) => name);
  const readers: readonly Reader[] = computed.map(([, reader]) => reader);
  return (row) => {
    const result: NewRow = { key: row.key };
    for (let at = 0; at < names.length; at++) {
      const name = names[at];
      const read = readers[at];
      if (name !== undefined && read !== undefined) result[name] = read(row);
    }
    return result;
  };
}

function mapChanges(changes: Changes, compute: (row: Row) => Row): Changes {
  const mapped: Change[] = [];
  for (const { key, before, after } of changes) {
    const was = before === undefined ? undefined : compute(before);
    const is = after === undefined ? undefined : compute(after);
    if (!isEqual(was, is)) mapped.push({ key, before: was, after: is });
  }
  return mapped;
}

function* mapRows(rows: Rows, compute: (row: Row) => Row): Iterable<Row> {
  for (const row of rows) yield compute(row);
}
