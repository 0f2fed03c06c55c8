import { expect, it } from "vitest";
import { PlanGraph } from "./plan-graph.ts";
import type { Plan } from "./plan.ts";
import { from } from "./query.ts";
import type { Row } from "./row.ts";
import { chooseStrategy } from "./strategy.ts";

type Item = { readonly key: string; readonly kind: string; readonly size: number };
const items = from<Item>("item");
const greatest = items.orderBy(["size", "descending"]).limit(1);
const total = items.groupBy([], (of) => ({ size: of.sum("size") }));

it("[CT1] is chosen by the plan's last step and by what bounds its inputs", () => {
  const strategies = (plans: { readonly [name: string]: { readonly plan: Plan } }): unknown =>
    Object.fromEntries(Object.entries(plans).map(([name, { plan }]) => [name, chooseStrategy(plan)]));
  expect(
    strategies({
      scan: items,
      filter: greatest.where((item) => item.size.above(1)),
      group: total,
      join: items.join(greatest, { kind: "kind" }, { top: "size" }),
      window: greatest,
      nest: items.nest("same", items, { kind: "kind" }),
    }),
  ).toEqual({
    scan: "Incremental",
    filter: "Incremental",
    group: "Incremental",
    join: "Incremental",
    window: "IncrementalSorted",
    nest: "IncrementalSorted",
  });
  expect(
    strategies({
      group: greatest.groupBy(["kind"], (of) => ({ count: of.count() })),
      join: greatest.leftJoin(total, { size: "size" }, { total: "size" }),
      distinct: total.distinctBy("size"),
      nest: greatest.nest("all", total, { size: "size" }),
      window: total.orderBy("size"),
    }),
  ).toEqual({
    group: "FullRecompute",
    join: "FullRecompute",
    distinct: "FullRecompute",
    nest: "FullRecompute",
    window: "FullRecompute",
  });
});

it("[CT2] counts what it recomputed and what it did not", () => {
  const rows = new Map<string, Row>();
  const graph = new PlanGraph({ rowsOf: () => rows.values(), spare: 0 });
  const kinds = graph.acquire(items.groupBy(["kind"], (of) => ({ size: of.sum("size") })).plan);
  const top = graph.acquire(greatest.groupBy(["kind"], (of) => ({ count: of.count() })).plan);
  const put = (count: number, size: number): void => {
    const changes = Array.from({ length: count }, (_, at) => {
      const key = `i${at}`;
      const before = rows.get(key);
      const after = { key, kind: "a", size: size + at };
      rows.set(key, after);
      return { key, before, after };
    });
    graph.apply(new Map([["item", changes]]));
  };
  put(100, 1);
  put(40, 2);
  put(60, 3);
  expect(kinds.runs).toEqual({ incremental: 2, full: 2 });
  put(80, 1);
  expect(kinds.runs).toEqual({ incremental: 2, full: 3 });
  expect(kinds.content()).toEqual({
    type: "reset",
    rows: [{ key: '["a"]', kind: "a", size: 100 + 99 * 50 }],
  });
  expect(top.runs).toEqual({ incremental: 0, full: 2 });
});
