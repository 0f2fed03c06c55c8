import type { Reader } from "./column.ts";
import type { Comparison, Expression } from "./expression.ts";
import type { Value } from "./row.ts";
import { compareValues, isData } from "./value-order.ts";

type Compare = Extract<Expression, { type: "compare" }>;
type Membership = Extract<Expression, { type: "in" }>;
type Compile = (expression: Expression) => Reader;

/** Compares two values by their order; with a plain literal, equality is one test of identity. */
export function compileComparison({ by, left, right }: Compare, compile: Compile): Reader {
  const a = compile(left);
  const b = compile(right);
  if (right.type === "literal" && !isData(right.value)) return compareWithLiteral(by, a, right.value);
  const holds = outcomes[by];
  return (row) => holds(compareValues(a(row), b(row)));
}

function compareWithLiteral(by: Comparison, read: Reader, literal: Value): Reader {
  if (by === "=") return (row) => read(row) === literal;
  if (by === "<>") return (row) => read(row) !== literal;
  const holds = outcomes[by];
  return (row) => holds(compareValues(read(row), literal));
}

const outcomes: { readonly [by in Comparison]: (order: number) => boolean } = {
  "=": (order) => order === 0,
  "<>": (order) => order !== 0,
  "<": (order) => order < 0,
  "<=": (order) => order <= 0,
  ">": (order) => order > 0,
  ">=": (order) => order >= 0,
};

/** Whether a value is one of a list; a list of plain literals is looked up in a set. */
export function compileMembership({ of, values }: Membership, compile: Compile): Reader {
  const read = compile(of);
  const literals = plainLiterals(values);
  if (literals !== undefined) return (row) => literals.has(read(row));
  const candidates = values.map(compile);
  return (row) => {
    const value = read(row);
    return candidates.some((candidate) => compareValues(value, candidate(row)) === 0);
  };
}

function plainLiterals(values: readonly Expression[]): ReadonlySet<Value> | undefined {
  const plain = new Set<Value>();
  for (const value of values) {
    if (value.type !== "literal" || isData(value.value)) return undefined;
    plain.add(value.value);
  }
  return plain;
}
