import { noChanges } from "../operator.ts";
import type { Operator, Rows } from "../operator.ts";

/** The rows of a table: its one input is the table itself, and it holds nothing. */
export function scan(rowsOfTable: () => Rows): Operator {
  return {
    load: () => {},
    apply: ([changes = noChanges]) => changes,
    rows: rowsOfTable,
    held: () => 0,
    loaded: () => 0,
  };
}
