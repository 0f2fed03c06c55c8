import type { Expression } from "./expression.ts";

/**
 * A question to tables, as data. Each step says what its rows' keys are, so that a row keeps its key for as long as
 * it is the same row. Keys of two parts are JSON arrays of them, so that no two pairs make one key.
 */
export type Plan =
  /** The rows of a table. */
  | { readonly type: "scan"; readonly table: string }
  /** The rows for which the expression is true. Same keys. */
  | { readonly type: "filter"; readonly of: Plan; readonly where: Expression }
  /** Each row with the columns named, computed from it, and no others but `key`. Same keys. */
  | { readonly type: "map"; readonly of: Plan; readonly columns: { readonly [name: string]: Expression } }
  /** Each row with these columns alone, and `key`. Same keys. */
  | { readonly type: "project"; readonly of: Plan; readonly columns: readonly string[] }
  | Join
  | Group
  /** One row for each distinct list of values of the columns: the one with the least key, under its own key. */
  | { readonly type: "distinct"; readonly of: Plan; readonly by: readonly string[] }
  /** The rows from the 0-based place `offset` on in the order, `limit` at the most. Same keys. */
  | {
      readonly type: "window";
      readonly of: Plan;
      readonly order: Order;
      readonly offset: number;
      readonly limit: number | null;
    }
  /** The rows of all, each under the key [place in the list, its own key]. */
  | { readonly type: "union"; readonly of: readonly Plan[] }
  | Nest;

/**
 * Pairs of rows whose columns are equal and not null, `on` in pairs of a column of the left and one of the right.
 * - `inner`: a row for each pair, key [left key, right key]: the columns of the left, and `take`: columns of the right
 *   under names of their own
 * - `left`: also the left rows without a partner, key [left key], with null for what would be taken
 * - `semi`: the left rows that have a partner, as they are, under their own keys; takes nothing
 */
export type Join = {
  readonly type: "join";
  readonly kind: "inner" | "left" | "semi";
  readonly left: Plan;
  readonly right: Plan;
  readonly on: readonly (readonly [left: string, right: string])[];
  readonly take: { readonly [name: string]: string };
};

/**
 * One row for each distinct list of values of the columns `by` (none: one row for all, as long as there is any row):
 * these columns and the aggregates. Key: the JSON array of the values.
 */
export type Group = {
  readonly type: "group";
  readonly of: Plan;
  readonly by: readonly string[];
  readonly aggregates: { readonly [name: string]: Aggregate };
};

/**
 * A value of all rows of a group. `sum` and `avg` take numbers, and are rounded once from the exact sum, so that no order of
 * events shows in them; `min` and `max` follow the order of expressions. All four pass over null and are null when nothing is left.
 */
export type Aggregate =
  | { readonly type: "count" }
  | { readonly type: "sum" | "min" | "max" | "avg"; readonly column: string };

/** Each row of `of` with a list of its children: the rows of `child` whose columns are equal and not null. Same keys. */
export type Nest = {
  readonly type: "nest";
  readonly of: Plan;
  readonly child: Plan;
  readonly on: readonly (readonly [parent: string, child: string])[];
  /** The column that holds the list. */
  readonly as: string;
  readonly order: Order;
  /** How many children a list holds at the most. */
  readonly limit: number | null;
};

/** Columns from the most important to the least; rows that are equal in all are ordered by key, ascending. */
export type Order = readonly (readonly [column: string, direction: "ascending" | "descending"])[];
