import fc from "fast-check";
import { expect, it } from "vitest";
import { bindPlan } from "./bind-plan.ts";
import { compileCondition, compileExpression } from "./compile-expression.ts";
import type { Expression } from "./expression.ts";
import { expressions, parameterNames, tableColumns, values } from "./random-plan.test-kit.ts";
import { compute, plainText } from "./recomputation.test-kit.ts";
import type { Row, Value } from "./row.ts";

const rows: fc.Arbitrary<Row> = fc.tuple(values, values, values).map(([a, b, c]) => ({ key: "k", a, b, c }));
const given = fc.record(Object.fromEntries(parameterNames.map((name) => [name, values])));

it("[CE1] computes what the expression says, for every row", () => {
  fc.assert(
    fc.property(expressions(tableColumns, 3), rows, given, (expression, row, parameters) => {
      const bound = bindPlan(
        { type: "filter", of: { type: "scan", table: "t" }, where: expression },
        parameters,
      );
      const compiled = bound.type === "filter" ? bound.where : expression;
      const expected = compute(expression, row, parameters);
      expect(plainText(compileExpression(compiled)(row))).toBe(plainText(expected));
      expect(compileCondition(compiled)(row)).toBe(expected === true);
    }),
    { numRuns: 3000 },
  );
});

it("[CE1] takes what is not there, is of the wrong type or too great as null, and finds the truth that nulls leave", () => {
  const column = (name: string): Expression => ({ type: "column", name });
  const literal = (value: Value): Expression => ({ type: "literal", value });
  const [yes, no, unknown] = [literal(true), literal(false), literal(null)];
  const of = (expression: Expression): Value =>
    compileExpression(expression)({ key: "k", text: "Straße", size: 2 });
  expect(of(column("none"))).toBeNull();
  expect(of(column("constructor"))).toBeNull();
  expect(of({ type: "arithmetic", by: "+", left: column("size"), right: column("text") })).toBeNull();
  expect(of({ type: "arithmetic", by: "/", left: column("size"), right: literal(0) })).toBeNull();
  expect(of({ type: "arithmetic", by: "*", left: literal(1e308), right: column("size") })).toBeNull();
  expect(of({ type: "arithmetic", by: "*", left: literal(0), right: literal(-1) })).toBe(0);
  expect(of({ type: "compare", by: "=", left: column("none"), right: unknown })).toBe(true);
  expect(of({ type: "compare", by: "<", left: unknown, right: no })).toBe(true);
  expect(of({ type: "and", of: [unknown, no] })).toBe(false);
  expect(of({ type: "and", of: [unknown, yes] })).toBeNull();
  expect(of({ type: "or", of: [unknown, yes] })).toBe(true);
  expect(of({ type: "or", of: [unknown, no] })).toBeNull();
  expect(of({ type: "not", of: unknown })).toBeNull();
  expect(of({ type: "choose", when: unknown, then: yes, otherwise: literal(3) })).toBe(3);
  expect(of({ type: "text", by: "includesFolded", of: column("text"), part: literal("RASS") })).toBe(false);
  expect(of({ type: "text", by: "includesFolded", of: column("text"), part: literal("STRA") })).toBe(true);
});
