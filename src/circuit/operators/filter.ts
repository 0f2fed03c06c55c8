import { compileCondition } from "../compile-expression.ts";
import type { Expression } from "../expression.ts";
import { noChanges } from "../operator.ts";
import type { Operator, Rows } from "../operator.ts";
import type { Change, Changes, Row } from "../row.ts";

/** The rows for which a condition holds. Holds nothing; costs two conditions a change. */
export function filter(where: Expression): Operator {
  const holds = compileCondition(where);
  return {
    load: () => {},
    apply: ([changes = noChanges]) => filterChanges(changes, holds),
    rows: ([rows = []]) => filterRows(rows, holds),
    held: () => 0,
    loaded: () => 0,
  };
}

function filterChanges(changes: Changes, holds: (row: Row) => boolean): Changes {
  const kept: Change[] = [];
  for (const change of changes) {
    const { key, before, after } = change;
    const was = before !== undefined && holds(before);
    const is = after !== undefined && holds(after);
    if (was && is) kept.push(change);
    else if (was) kept.push({ key, before, after: undefined });
    else if (is) kept.push({ key, before: undefined, after });
  }
  return kept;
}

function* filterRows(rows: Rows, holds: (row: Row) => boolean): Iterable<Row> {
  for (const row of rows) if (holds(row)) yield row;
}
