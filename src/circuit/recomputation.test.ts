import fc from "fast-check";
import { expect, it } from "vitest";
import { PlanGraph } from "./plan-graph.ts";
import type { PlanNode } from "./plan-node.ts";
import type { Outcome } from "./outcome.ts";
import type { Plan } from "./plan.ts";
import { parameterNames, sketches, values } from "./random-plan.test-kit.ts";
import { batches, WrittenTables } from "./random-stream.test-kit.ts";
import { recompute, rowText } from "./recomputation.test-kit.ts";
import type { Given, Tables } from "./recomputation.test-kit.ts";
import type { Row } from "./row.ts";

/** A view that is kept by someone who only hears of its outcomes. */
class Follower {
  readonly node: PlanNode;
  readonly #plan: Plan;
  readonly #given: Given;
  #rows = new Map<string, Row>();

  constructor(graph: PlanGraph, plan: Plan, given: Given) {
    this.node = graph.acquire(plan, given);
    this.#plan = plan;
    this.#given = given;
    this.hear(this.node.content());
  }

  hear(outcome: Outcome | undefined): void {
    if (outcome === undefined) return;
    if (outcome.type === "fault") throw new Error(outcome.fault.message);
    if (outcome.type === "reset") {
      this.#rows = new Map(outcome.rows.map((row) => [row.key, row]));
      expect(this.#rows.size).toBe(outcome.rows.length);
      return;
    }
    expect(outcome.changes.length).toBeGreaterThan(0);
    expect(new Set(outcome.changes.map(({ key }) => key)).size).toBe(outcome.changes.length);
    for (const { key, before, after } of outcome.changes) {
      expect(textOf(before)).toBe(textOf(this.#rows.get(key)));
      expect(textOf(after)).not.toBe(textOf(before));
      expect(after?.key ?? key).toBe(key);
      if (after === undefined) this.#rows.delete(key);
      else this.#rows.set(key, after);
    }
  }

  check(tables: Tables): void {
    const expected = recompute(this.#plan, tables, this.#given).map(rowText);
    const content = this.node.content();
    const present = content.type === "reset" ? content.rows.map(rowText) : [content.fault.message];
    if (this.node.order !== undefined) expect(present).toEqual(expected);
    expect(present.toSorted()).toEqual(expected.toSorted());
    expect([...this.#rows.values()].map(rowText).toSorted()).toEqual(expected.toSorted());
  }
}

function textOf(row: Row | undefined): string {
  return row === undefined ? "none" : rowText(row);
}

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
    { numRuns: Number(process.env["RUNS"] ?? 300) },
  );
});
