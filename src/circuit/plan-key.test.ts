import fc from "fast-check";
import { expect, it } from "vitest";
import type { Expression } from "./expression.ts";
import { Follower } from "./follower.test-kit.ts";
import { PlanGraph } from "./plan-graph.ts";
import { planKey } from "./plan-key.ts";
import type { Plan } from "./plan.ts";
import { expressions, parameterNames, sketches, tableColumns, values } from "./random-plan.test-kit.ts";
import { batches, WrittenTables } from "./random-stream.test-kit.ts";
import { compute } from "./recomputation.test-kit.ts";

const given = fc.record(Object.fromEntries(parameterNames.map((name) => [name, values])));
/** Places to begin a list at, one after the other. */
const turns = fc.array(fc.nat(3), { minLength: 1, maxLength: 8 });

type Part = { type?: string; by?: string; of?: unknown; values?: unknown; left?: unknown; right?: unknown };

/** The same data with the operands of what takes them in any order written down in another. */
function reordered<T>(data: T, at: readonly number[]): T {
  let turn = 0;
  const turned = (list: unknown): unknown => {
    const parts = list as readonly unknown[];
    const start = (at[turn++ % at.length] ?? 0) % Math.max(parts.length, 1);
    return [...parts.slice(start), ...parts.slice(0, start)];
  };
  const again = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(again);
    if (typeof part !== "object" || part === null) return part;
    const made: Part = Object.fromEntries(Object.entries(part).map(([name, value]) => [name, again(value)]));
    if (made.type === "and" || made.type === "or") made.of = turned(made.of);
    if (made.type === "in") made.values = turned(made.values);
    const isSymmetric = made.type === "compare" || made.type === "arithmetic";
    if (!isSymmetric || !["=", "<>", "+", "*"].includes(made.by ?? "")) return made;
    const [left, right] = turned([made.left, made.right]) as [unknown, unknown];
    return { ...made, left, right };
  };
  return again(data) as T;
}

it("[CP1] [CV1] makes plans one part that differ in nothing but an order of operands that means nothing", () => {
  let reorderings = 0;
  fc.assert(
    fc.property(
      sketches(3),
      turns,
      given,
      fc.array(batches(12), { maxLength: 4 }),
      ({ plan }, at, parameters, stream) => {
        const other = reordered(plan, at);
        if (JSON.stringify(other) !== JSON.stringify(plan)) reorderings++;
        const tables = new WrittenTables();
        const graph = new PlanGraph({ rowsOf: (table) => tables.rowsOf(table), spare: 0 });
        const followers = [plan, other].map((one) => new Follower(graph, one, parameters));
        expect(followers[1]?.node).toBe(followers[0]?.node);
        for (const batch of stream) {
          const outcomes = graph.apply(tables.write(batch));
          for (const follower of followers) follower.hear(outcomes.get(follower.node));
          for (const follower of followers) follower.check(tables.all);
        }
      },
    ),
    { numRuns: 300 },
  );
  expect(reorderings).toBeGreaterThan(20);
});

it("[CP1] takes for one only what has one value for every row", () => {
  const row = fc.record({
    key: fc.constant("k"),
    ...Object.fromEntries(tableColumns.map((c) => [c, values])),
  });
  const ofTwo: fc.Arbitrary<readonly [Expression, Expression]> = expressions(tableColumns, 3).chain((one) =>
    fc.tuple(
      fc.constant(one),
      turns.map((at) => reordered(one, at)),
    ),
  );
  fc.assert(
    fc.property(ofTwo, given, fc.array(row, { minLength: 1, maxLength: 5 }), ([one, other], known, rows) => {
      const keys = [one, other].map((where) => planKey({ type: "filter", of: scan, where }));
      expect(keys[1]).toBe(keys[0]);
      for (const each of rows) expect(compute(other, each, known)).toEqual(compute(one, each, known));
    }),
    { numRuns: 500 },
  );
});

const scan: Plan = { type: "scan", table: "t" };
const [a, b] = ["a", "b"].map((name): Expression => ({ type: "column", name })) as [Expression, Expression];

type OfTwo = (left: Expression, right: Expression) => Expression;

const ordered: readonly (readonly [string, OfTwo])[] = [
  ...(["<", "<=", ">", ">="] as const).map((by): readonly [string, OfTwo] => [
    by,
    (left, right) => ({ type: "compare", by, left, right }),
  ]),
  ...(["-", "/"] as const).map((by): readonly [string, OfTwo] => [
    by,
    (left, right) => ({ type: "arithmetic", by, left, right }),
  ]),
  ["includes", (of, part) => ({ type: "text", by: "includes", of, part })],
  ["choose", (then, otherwise) => ({ type: "choose", when: a, then, otherwise })],
  ["in", (of, value) => ({ type: "in", of, values: [value] })],
];

it.each(ordered)("[CP1] tells the operands of %s apart", (_, make) => {
  const keyOf = (where: Expression) => planKey({ type: "filter", of: scan, where });
  expect(keyOf(make(a, b))).not.toBe(keyOf(make(b, a)));
});

it("[CP1] tells plans apart by the order of their inputs and lists", () => {
  const keyOf = (plan: Plan) => planKey(plan);
  const u: Plan = { type: "scan", table: "u" };
  expect(keyOf({ type: "union", of: [scan, u] })).not.toBe(keyOf({ type: "union", of: [u, scan] }));
  const window = (names: readonly string[]): Plan => {
    const order = names.map((name) => [name, "ascending"] as const);
    return { type: "window", of: scan, order, offset: 0, limit: 1 };
  };
  expect(keyOf(window(["a", "b"]))).not.toBe(keyOf(window(["b", "a"])));
});
