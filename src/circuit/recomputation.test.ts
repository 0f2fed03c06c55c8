import fc from "fast-check";
import { expect, it } from "vitest";
import { Follower } from "./follower.test-kit.ts";
import { PlanGraph } from "./plan-graph.ts";
import { from } from "./query.ts";
import { parameterNames, sketches, values } from "./random-plan.test-kit.ts";
import { batches, floods, writes, WrittenTables } from "./random-stream.test-kit.ts";
import type { Value } from "./row.ts";

const given = fc.record(Object.fromEntries(parameterNames.map((name) => [name, values])));
const plans = fc.tuple(
  sketches(4).map(({ plan }) => plan),
  given,
);
/** What happens next: a batch, or a view that comes or goes. */
const events = fc.oneof(
  { weight: 5, arbitrary: batches(12) },
  { weight: 1, arbitrary: fc.record({ acquire: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ release: fc.nat(9) }) },
);

it("[CV1] [CV2] [CP2] is after every step what a recomputation gives, and so is the sum of what it told", () => {
  fc.assert(
    fc.property(
      fc.array(plans, { minLength: 1, maxLength: 3 }),
      fc.array(events, { maxLength: 12 }),
      (views, stream) => {
        const tables = new WrittenTables();
        const graph = new PlanGraph({ rowsOf: (table) => tables.rowsOf(table), spare: 3 });
        const followers = views.map(([plan, parameters]) => new Follower(graph, plan, parameters));
        for (const event of stream) {
          if ("acquire" in event) {
            const [plan, parameters] = views[event.acquire % views.length]!;
            followers.push(new Follower(graph, plan, parameters));
          } else if ("release" in event) {
            const [gone] = followers.splice(event.release % Math.max(followers.length, 1), 1);
            if (gone !== undefined) graph.release(gone.node);
          } else {
            const outcomes = graph.apply(tables.write(event));
            for (const follower of followers) follower.hear(outcomes.get(follower.node));
          }
          for (const follower of followers) follower.check(tables.all);
        }
        for (const { node } of followers) graph.release(node);
        graph.apply(
          new Map([
            ["t", []],
            ["u", []],
          ]),
        );
        expect(graph.metrics.operators).toBe(0);
        expect(graph.metrics.rowsHeld).toBe(0);
      },
    ),
    { numRuns: Number(process.env["RUNS"] ?? 200) },
  );
});

it("[CT2] gives and tells the same when so much changes that it is computed from scratch", () => {
  const recomputed = new Set<string>();
  fc.assert(
    fc.property(
      sketches(1),
      fc.array(fc.oneof(floods(), batches(3)), { minLength: 2, maxLength: 4 }),
      ({ plan }, stream) => {
        const tables = new WrittenTables();
        const graph = new PlanGraph({ rowsOf: (table) => tables.rowsOf(table), spare: 0 });
        const follower = new Follower(graph, plan);
        for (const batch of stream) {
          follower.hear(graph.apply(tables.write(batch)).get(follower.node));
          follower.check(tables.all);
        }
        if (follower.node.runs.full > 1) recomputed.add(plan.type);
      },
    ),
    { numRuns: 300 },
  );
  expect([...recomputed].toSorted()).toEqual(["distinct", "group", "nest", "window"]);
});

it("[CV1] is what a recomputation gives also of more rows than a chunk of an order holds", () => {
  type Item = { readonly key: string; readonly a: Value; readonly b: Value };
  const items = from<Item>("t");
  const queries = [
    items.groupBy([], (of) => ({ min: of.min("a"), max: of.max("b"), sum: of.sum("a"), avg: of.avg("b") })),
    items.distinctBy("a"),
    items.orderBy("a", ["b", "descending"]).limit(90, 70),
    items.nest("same", items.orderBy("b"), { a: "a" }),
  ];
  const keys = Array.from({ length: 400 }, (_, at) => `r${at}`);
  const some = fc.array(writes(keys), { minLength: 20, maxLength: 60, size: "max" });
  const most = fc.array(writes(keys), { minLength: 900, maxLength: 1000, size: "max" });
  fc.assert(
    fc.property(most, fc.array(some, { minLength: 8, maxLength: 8 }), (start, stream) => {
      const tables = new WrittenTables();
      tables.write(start);
      const graph = new PlanGraph({ rowsOf: (table) => tables.rowsOf(table), spare: 0 });
      const followers = queries.map(({ plan }) => new Follower(graph, plan));
      for (const batch of stream) {
        const outcomes = graph.apply(tables.write(batch));
        for (const follower of followers) follower.hear(outcomes.get(follower.node));
        for (const follower of followers) follower.check(tables.all);
      }
      expect(followers.map(({ node }) => node.runs.full)).toEqual([1, 1, 1, 1]);
    }),
    { numRuns: 3, endOnFailure: true },
  );
});
