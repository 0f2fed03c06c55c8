import {
  concat,
  D2,
  filter,
  groupBy,
  groupByOperators,
  join,
  map,
  MultiSet,
  output,
  reduce,
  topKWithFractionalIndex,
} from "@tanstack/db-ivm";
import type { IStreamBuilder, RootStreamBuilder } from "@tanstack/db-ivm";
import fc from "fast-check";
import { expect, it } from "vitest";
import { Follower } from "./follower.test-kit.ts";
import { PlanGraph } from "./plan-graph.ts";
import { from } from "./query.ts";
import { WrittenTables } from "./random-stream.test-kit.ts";
import type { Write } from "./random-stream.test-kit.ts";
import { rowText } from "./recomputation.test-kit.ts";
import type { Plan } from "./plan.ts";
import type { Changes, Row } from "./row.ts";

/** Rows of both tables: no nulls and no fractions, which the other engine takes otherwise. */
type Item = { readonly key: string; readonly a: number; readonly b: number; readonly c: string };
type Keyed<V> = IStreamBuilder<[string, V]>;
type Case = { readonly plan: Plan; readonly theirs: (t: Keyed<Item>, u: Keyed<Item>) => Keyed<Row> };

const t = from<Item>("t");
const u = from<Item>("u");
const { count, sum, min, max, avg } = groupByOperators;

/** The rows of a table by the column that a join pairs them by. */
function by(column: "a" | "b"): (entry: [string, Item]) => [number, Item] {
  return ([, row]) => [row[column], row];
}

function pairOf(left: Item, right: Item): [string, Row] {
  const key = JSON.stringify([left.key, right.key]);
  return [key, { ...left, key, other: right.c }];
}

const cases: { readonly [operator: string]: Case } = {
  filter: {
    plan: t.where((row) => row.a.above(1).or(row.c.equals("y"))).plan,
    theirs: (rows) => rows.pipe(filter(([, row]) => row.a > 1 || row.c === "y")),
  },
  map: {
    plan: t.select((row) => ({ d: row.a.times(row.b) })).plan,
    theirs: (rows) => rows.pipe(map(([key, row]) => [key, { key, d: row.a * row.b + 0 }])),
  },
  project: {
    plan: t.pick("b").plan,
    theirs: (rows) => rows.pipe(map(([key, { b }]) => [key, { key, b }])),
  },
  "inner join": {
    plan: t.join(u, { a: "b" }, { other: "c" }).plan,
    theirs: (rows, others) =>
      rows.pipe(
        map(by("a")),
        join<number, Item, Item, [number, Item]>(others.pipe(map(by("b")))),
        map(([, [left, right]]) => pairOf(left!, right!)),
      ),
  },
  "left join": {
    plan: t.leftJoin(u, { a: "b" }, { other: "c" }).plan,
    theirs: (rows, others) =>
      rows.pipe(
        map(by("a")),
        join<number, Item, Item, [number, Item]>(others.pipe(map(by("b"))), "left"),
        map(([, [left, right]]) => {
          const key = JSON.stringify([left!.key]);
          return right === null ? [key, { ...left!, key, other: null }] : pairOf(left!, right);
        }),
      ),
  },
  "semi join": {
    plan: t.whereIn(u, { a: "b" }).plan,
    theirs: (rows, others) => {
      const present = others.pipe(
        map(by("b")),
        reduce<number, Item, boolean, [number, Item]>((partners) => (partners.length > 0 ? [[true, 1]] : [])),
      );
      return rows.pipe(
        map(by("a")),
        join<number, Item, boolean, [number, Item]>(present),
        map(([, [left]]): [string, Row] => [left!.key, left!]),
      );
    },
  },
  group: {
    plan: t.groupBy(["c", "b"], (of) => ({
      count: of.count(),
      sum: of.sum("a"),
      min: of.min("a"),
      max: of.max("a"),
      avg: of.avg("a"),
    })).plan,
    theirs: (rows) =>
      rows.pipe(
        groupBy(([, row]: [string, Item]) => ({ c: row.c, b: row.b }), {
          count: count(),
          sum: sum(([, row]: [string, Item]) => row.a),
          min: min(([, row]: [string, Item]) => row.a),
          max: max(([, row]: [string, Item]) => row.a),
          avg: avg(([, row]: [string, Item]) => row.a),
        }),
        map(([, { c, b, count: n, sum: s, min: least, max: most, avg: mean }]) => {
          const key = JSON.stringify([c, b]);
          return [key, { key, c, b, count: n, sum: s, min: least ?? null, max: most ?? null, avg: mean }];
        }),
      ),
  },
  distinct: {
    plan: t.distinctBy("c").plan,
    theirs: (rows) =>
      rows.pipe(
        map(([, row]: [string, Item]): [string, Item] => [row.c, row]),
        reduce<string, Item, Item, [string, Item]>((alike) =>
          alike
            .toSorted(([x], [y]) => (x.key < y.key ? -1 : 1))
            .slice(0, 1)
            .map(([row]) => [row, 1]),
        ),
        map(([, row]) => [row.key, row]),
      ),
  },
  window: {
    plan: t.orderBy(["a", "descending"], "c").limit(3, 1).plan,
    theirs: (rows) =>
      rows.pipe(
        topKWithFractionalIndex<string, Item>((x, y) => y.a - x.a || Number(x.c > y.c) - Number(x.c < y.c), {
          limit: 3,
          offset: 1,
        }),
        map(([key, [row]]) => [key, row]),
      ),
  },
  union: {
    plan: t.union(u).plan,
    theirs: (rows, others) => {
      const placed = (place: number) =>
        map(([own, row]: [string, Item]): [string, Row] => {
          const key = JSON.stringify([place, own]);
          return [key, { ...row, key }];
        });
      return rows.pipe(placed(0), concat(others.pipe(placed(1))));
    },
  },
  nest: {
    plan: t.nest("children", u.orderBy("a").limit(2), { a: "b" }).plan,
    theirs: (rows, others) =>
      rows.pipe(
        map(by("a")),
        join<number, Item, Item, [number, Item]>(others.pipe(map(by("b"))), "left"),
        map(([, [left, right]]): [string, readonly [Item, Item | null]] => [left!.key, [left!, right]]),
        reduce<string, readonly [Item, Item | null], Row, [string, readonly [Item, Item | null]]>((pairs) => {
          const children = pairs.flatMap(([[, child]]) => (child === null ? [] : [child]));
          children.sort((x, y) => x.a - y.a || (x.key < y.key ? -1 : 1));
          if (pairs.length === 0) return [];
          return [[{ ...pairs[0]![0][0], children: children.slice(0, 2) }, 1]];
        }),
        map(([key, row]) => [key, row]),
      ),
  },
};

/** The same stream in the other engine, and the rows that its differences add up to. */
class Theirs {
  readonly #graph = new D2();
  readonly #inputs: { readonly [table: string]: RootStreamBuilder<[string, Item]> };
  readonly #counts = new Map<string, number>();

  constructor({ theirs }: Case) {
    this.#inputs = { t: this.#graph.newInput(), u: this.#graph.newInput() };
    theirs(this.#inputs["t"]!, this.#inputs["u"]!).pipe(
      output((differences) => {
        for (const [[, row], by_] of differences.getInner()) {
          this.#counts.set(rowText(row), (this.#counts.get(rowText(row)) ?? 0) + by_);
        }
      }),
    );
    this.#graph.finalize();
  }

  apply(changes: ReadonlyMap<string, Changes>): void {
    for (const [table, list] of changes) {
      const differences = list.flatMap(({ key, before, after }) => [
        ...(before === undefined ? [] : [[[key, before as Item], -1] as [[string, Item], number]]),
        ...(after === undefined ? [] : [[[key, after as Item], 1] as [[string, Item], number]]),
      ]);
      this.#inputs[table]!.sendData(new MultiSet(differences));
    }
    this.#graph.run();
  }

  get rows(): readonly string[] {
    return [...this.#counts].flatMap(([text, times]) => Array<string>(times).fill(text)).toSorted();
  }
}

const writes: fc.Arbitrary<Write> = fc.record({
  table: fc.constantFrom("t", "u"),
  key: fc.constantFrom("k1", "k2", "k3", "k4", "k5", "k6"),
  columns: fc.option(
    fc.record({
      a: fc.integer({ min: -1, max: 3 }),
      b: fc.integer({ min: -1, max: 3 }),
      c: fc.constantFrom("x", "y", "costarring", "liquid"),
    }),
    { nil: null, freq: 3 },
  ),
});

for (const [operator, each] of Object.entries(cases)) {
  it(`[CV1] gives the rows that db-ivm gives: ${operator}`, () => {
    fc.assert(
      fc.property(fc.array(fc.array(writes, { maxLength: 10 }), { maxLength: 8 }), (stream) => {
        const tables = new WrittenTables();
        const graph = new PlanGraph({ rowsOf: (table) => tables.rowsOf(table), spare: 0 });
        const ours = new Follower(graph, each.plan);
        const theirs = new Theirs(each);
        for (const batch of stream) {
          const changes = tables.write(batch);
          ours.hear(graph.apply(changes).get(ours.node));
          theirs.apply(changes);
          const content = ours.node.content();
          expect(content.type === "reset" ? content.rows.map(rowText).toSorted() : content).toEqual(
            theirs.rows,
          );
        }
      }),
      { numRuns: 150 },
    );
  });
}
