import type { Value } from "./row.ts";

/**
 * What is computed from one row, as data: it can be compared, shared between plans and sent to another thread.
 *
 * Every expression has a value for every row: a column that is not there, and an operand of the wrong type, are null,
 * and so is what is computed from null, a quotient by zero and a number too great to be held. A comparison and `in` are
 * true or false, never null: null equals null and comes before everything else; then false, true, numbers, texts by code
 * unit, and other data by its canonical text. `and` is false as soon as one operand is, else null if one is null; `or` is true
 * as soon as one is, else null if one is null. `choose` takes `otherwise` unless `when` is true.
 */
export type Expression =
  | { readonly type: "column"; readonly name: string }
  | { readonly type: "literal"; readonly value: Value }
  /** A value that is given when the view is registered. */
  | { readonly type: "parameter"; readonly name: string }
  | {
      readonly type: "compare";
      readonly by: Comparison;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly type: "in"; readonly of: Expression; readonly values: readonly Expression[] }
  | { readonly type: "and" | "or"; readonly of: readonly Expression[] }
  | { readonly type: "not"; readonly of: Expression }
  | {
      readonly type: "arithmetic";
      readonly by: Arithmetic;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly type: "text"; readonly by: TextTest; readonly of: Expression; readonly part: Expression }
  | {
      readonly type: "choose";
      readonly when: Expression;
      readonly then: Expression;
      readonly otherwise: Expression;
    };

export type Comparison = "=" | "<>" | "<" | "<=" | ">" | ">=";
export type Arithmetic = "+" | "-" | "*" | "/";
/** Tests of texts by code unit; `includesFolded` takes upper and lower case as one. */
export type TextTest = "startsWith" | "endsWith" | "includes" | "includesFolded";
