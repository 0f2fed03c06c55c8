import type { Outcome } from "./outcome.ts";
import type { PlanGraph } from "./plan-graph.ts";
import type { PlanNode } from "./plan-node.ts";
import type { Plan } from "./plan.ts";
import { recompute, rowText } from "./recomputation.test-kit.ts";
import type { Given, Tables } from "./recomputation.test-kit.ts";
import type { Changes, Row } from "./row.ts";

/** A view that is kept by one who only hears of its outcomes, and throws when one breaks a rule of changes. */
export class Follower {
  readonly node: PlanNode;
  readonly #plan: Plan;
  readonly #given: Given;
  #rows = new Map<string, Row>();

  constructor(graph: PlanGraph, plan: Plan, given: Given = {}) {
    this.node = graph.acquire(plan, given);
    this.#plan = plan;
    this.#given = given;
    this.hear(this.node.content());
  }

  hear(outcome: Outcome | undefined): void {
    if (outcome?.type === "fault") throw new Error(outcome.fault.message);
    if (outcome?.type === "changes") this.#follow(outcome.changes);
    if (outcome?.type !== "reset") return;
    this.#rows = new Map(outcome.rows.map((row) => [row.key, row]));
    demand(this.#rows.size === outcome.rows.length, "no two rows have one key");
  }

  /** Throws unless the rows are those that a recomputation gives, both those that are there and those heard of. */
  check(tables: Tables): void {
    const expected = recompute(this.#plan, tables, this.#given).map(rowText);
    const content = this.node.content();
    const present = content.type === "reset" ? content.rows.map(rowText) : [content.fault.message];
    if (this.node.order !== undefined) demandEqual(present, expected, "rows in order");
    demandEqual(present.toSorted(), expected.toSorted(), "rows");
    demandEqual([...this.#rows.values()].map(rowText).toSorted(), expected.toSorted(), "rows heard of");
  }

  #follow(changes: Changes): void {
    demand(changes.length > 0, "changes are not empty");
    demand(new Set(changes.map(({ key }) => key)).size === changes.length, "no key is told twice");
    for (const { key, before, after } of changes) {
      demandEqual(textOf(before), textOf(this.#rows.get(key)), "the row before");
      demand(textOf(after) !== textOf(before), `${key} becomes another row`);
      demand(after === undefined || after.key === key, `${key} keeps its key`);
      if (after === undefined) this.#rows.delete(key);
      else this.#rows.set(key, after);
    }
  }
}

function textOf(row: Row | undefined): string {
  return row === undefined ? "none" : rowText(row);
}

function demandEqual(found: unknown, expected: unknown, what: string): void {
  const [a, b] = [JSON.stringify(found), JSON.stringify(expected)];
  demand(a === b, `${what}: expected ${b}, found ${a}`);
}

function demand(condition: boolean, what: string): void {
  if (!condition) throw new Error(`Expected otherwise: ${what}`);
}
