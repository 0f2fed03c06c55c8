import fc from "fast-check";
import type { Expression } from "./expression.ts";
import type { Aggregate, Join, Order, Plan } from "./plan.ts";
import type { Value } from "./row.ts";

/** A plan, and which columns its rows have besides `key`. */
export type Sketch = { readonly plan: Plan; readonly columns: readonly string[] };

/** Two texts that FNV-1a takes for one, and two that xxHash32 does. */
export const alike = { fnv: ["costarring", "liquid"], xxhash: ["doc-v5v", "doc-15s2"] } as const;

/** Few values, so that rows agree in them: of all types, with what is hard to add up, to order and to tell apart. */
export const values: fc.Arbitrary<Value> = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: -2, max: 3 }) },
  { weight: 3, arbitrary: fc.constantFrom(0.1, 0.2, 0.3, -0.7, 1e17, 1e308, 2 ** -60) },
  { weight: 2, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.boolean() },
  {
    weight: 2,
    arbitrary: fc.constantFrom("", "a", "B", "b", "1", "\0data[1]", "\u{1f600}", "\uffff", ...alike.fnv),
  },
  { weight: 2, arbitrary: fc.constantFrom(...alike.xxhash) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Value>([], [1], ["a", null], { a: 1, b: [2] }, { b: [2], a: 1 }, '{"a":1}'),
  },
);

export const tableNames = ["t", "u"] as const;
export const tableColumns = ["a", "b", "c", "toString"] as const;
/** The parameters of the plans. */
export const parameterNames = ["p", "q"] as const;

export function expressions(columns: readonly string[], depth: number): fc.Arbitrary<Expression> {
  const leaf = fc.oneof(
    {
      weight: 3,
      arbitrary: columnsOf(["key", ...columns]).map((name): Expression => ({ type: "column", name })),
    },
    { weight: 2, arbitrary: values.map((value): Expression => ({ type: "literal", value })) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(...parameterNames).map((name): Expression => ({ type: "parameter", name })),
    },
  );
  if (depth === 0) return leaf;
  const of = expressions(columns, depth - 1);
  const list = fc.array(of, { maxLength: 3 });
  return fc.oneof(
    { weight: 2, arbitrary: leaf },
    {
      weight: 4,
      arbitrary: fc.record({
        type: fc.constant("compare"),
        by: fc.constantFrom("=", "<>", "<", "<=", ">", ">="),
        left: of,
        right: of,
      }),
    },
    { weight: 1, arbitrary: fc.record({ type: fc.constant("in"), of, values: list }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constantFrom("and", "or"), of: list }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant("not"), of }) },
    {
      weight: 2,
      arbitrary: fc.record({
        type: fc.constant("arithmetic"),
        by: fc.constantFrom("+", "-", "*", "/"),
        left: of,
        right: of,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        type: fc.constant("text"),
        by: fc.constantFrom("startsWith", "endsWith", "includes", "includesFolded"),
        of,
        part: of,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ type: fc.constant("choose"), when: of, then: of, otherwise: of }),
    },
  );
}

function columnsOf(names: readonly string[]): fc.Arbitrary<string> {
  return fc.constantFrom(...names);
}

function someColumns(names: readonly string[], minLength: number, maxLength: number): fc.Arbitrary<string[]> {
  const most = Math.min(names.length, maxLength);
  return fc.uniqueArray(fc.constantFrom(...(names.length === 0 ? ["none"] : names)), {
    minLength: Math.min(minLength, most),
    maxLength: most,
  });
}

function orders(columns: readonly string[]): fc.Arbitrary<Order> {
  return fc.array(
    fc.tuple(columnsOf(["key", ...columns]), fc.constantFrom("ascending" as const, "descending" as const)),
    { maxLength: 2 },
  );
}

const limits = fc.option(fc.nat(4), { nil: null });

/** Plans of up to `depth` steps on top of a table, of every kind; many have a part twice. */
export function sketches(depth: number): fc.Arbitrary<Sketch> {
  const scans = fc
    .constantFrom(...tableNames)
    .map((table): Sketch => ({ plan: { type: "scan", table }, columns: tableColumns }));
  if (depth === 0) return scans;
  const below = sketches(depth - 1);
  return fc.oneof(
    { weight: 1, arbitrary: scans },
    { weight: 8, arbitrary: below.chain(steps) },
    { weight: 6, arbitrary: pairs(below).chain(([left, right]) => joins(left, right)) },
    { weight: 2, arbitrary: pairs(below).chain(([of, child]) => nests(of, child)) },
    { weight: 2, arbitrary: pairs(below).map(([a, b]) => unionOf([a, b, a])) },
  );
}

/** Two parts, every other time the same one twice. */
function pairs(below: fc.Arbitrary<Sketch>): fc.Arbitrary<readonly [Sketch, Sketch]> {
  return fc.oneof(
    fc.tuple(below, below),
    below.map((one) => [one, one] as const),
  );
}

function unionOf(parts: readonly Sketch[]): Sketch {
  return {
    plan: { type: "union", of: parts.map(({ plan }) => plan) },
    columns: [...new Set(parts.flatMap(({ columns }) => columns))],
  };
}

function steps({ plan: of, columns }: Sketch): fc.Arbitrary<Sketch> {
  const filters = expressions(columns, 2).map((where): Sketch => ({
    plan: { type: "filter", of, where },
    columns,
  }));
  const maps = fc
    .dictionary(fc.constantFrom("x", "y", "z"), expressions(columns, 2), { minKeys: 1, maxKeys: 3 })
    .map((made): Sketch => ({ plan: { type: "map", of, columns: { ...made } }, columns: Object.keys(made) }));
  const projects = someColumns(columns, 0, 3).map((kept): Sketch => ({
    plan: { type: "project", of, columns: kept },
    columns: kept,
  }));
  const distincts = someColumns(columns, 0, 2).map((by): Sketch => ({
    plan: { type: "distinct", of, by },
    columns,
  }));
  const windows = fc.tuple(orders(columns), fc.nat(3), limits).map(([order, offset, limit]): Sketch => ({
    plan: { type: "window", of, order, offset, limit },
    columns,
  }));
  return fc.oneof(
    filters,
    maps,
    projects,
    distincts,
    windows,
    groups({ plan: of, columns }),
    groups({ plan: of, columns }),
  );
}

function groups({ plan: of, columns }: Sketch): fc.Arbitrary<Sketch> {
  const aggregates: fc.Arbitrary<Aggregate> = fc.oneof(
    fc.constant<Aggregate>({ type: "count" }),
    fc.record({
      type: fc.constantFrom("sum", "min", "max", "avg"),
      column: columnsOf(["key", ...columns]),
    }),
  );
  return fc
    .tuple(
      someColumns(columns, 0, 2),
      fc.dictionary(fc.constantFrom("m", "n", "o"), aggregates, { minKeys: 1, maxKeys: 3 }),
    )
    .map(([by, made]) => ({
      plan: { type: "group", of, by, aggregates: { ...made } },
      columns: [...by, ...Object.keys(made).filter((name) => !by.includes(name))],
    }));
}

function pairings(left: readonly string[], right: readonly string[]): fc.Arbitrary<Join["on"]> {
  const pair = fc.tuple(columnsOf(["key", ...left]), columnsOf(["key", ...right]));
  return fc.oneof(
    { weight: 6, arbitrary: fc.tuple(pair) },
    { weight: 1, arbitrary: fc.array(pair, { maxLength: 2 }) },
  );
}

function joins(left: Sketch, right: Sketch): fc.Arbitrary<Sketch> {
  return fc
    .tuple(
      fc.constantFrom("inner", "left", "semi"),
      pairings(left.columns, right.columns),
      someColumns(["key", ...right.columns], 0, 2),
    )
    .map(([kind, on, taken]) => {
      const take = Object.fromEntries(kind === "semi" ? [] : taken.map((name) => [`of ${name}`, name]));
      return {
        plan: { type: "join", kind, left: left.plan, right: right.plan, on, take },
        columns: [...new Set([...left.columns, ...Object.keys(take)])],
      };
    });
}

function nests(of: Sketch, child: Sketch): fc.Arbitrary<Sketch> {
  return fc
    .tuple(pairings(of.columns, child.columns), orders(child.columns), limits)
    .map(([on, order, limit]) => ({
      plan: { type: "nest", of: of.plan, child: child.plan, on, as: "list", order, limit },
      columns: [...new Set([...of.columns, "list"])],
    }));
}
