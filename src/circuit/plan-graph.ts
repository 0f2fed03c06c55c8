import { invariant } from "../base/invariant.ts";
import { bindPlan } from "./bind-plan.ts";
import type { Parameters } from "./bind-plan.ts";
import { compileStep } from "./compile-plan.ts";
import type { Rows } from "./operator.ts";
import type { Outcome } from "./outcome.ts";
import { inputsOf } from "./plan-inputs.ts";
import { planKey } from "./plan-key.ts";
import { PlanNode } from "./plan-node.ts";
import { PlanSchedule } from "./plan-schedule.ts";
import type { Plan } from "./plan.ts";
import type { Changes } from "./row.ts";

/** What the parts of plans come from. */
export type PlanGraphOptions = {
  /** The present rows of a table; none for one that is not known. */
  readonly rowsOf: (table: string) => Rows;
  /** How many parts that nothing uses are kept, in case they are wanted again; 0 keeps none. */
  readonly spare: number;
};

/** What a graph did and holds. */
export type PlanGraphMetrics = {
  /** Parts of acquired plans that were there already, and those that had to be made. */
  readonly hits: number;
  readonly misses: number;
  /** Unused parts that were dropped, because there were too many or because their tables changed. */
  readonly evictions: number;
  /** Parts that are there, spares included, and the rows that they keep for themselves. */
  readonly operators: number;
  readonly rowsHeld: number;
};

/**
 * Plans that are kept true together: equal parts, by plan and parameters, are one part, computed once. A part that nothing uses
 * any more is kept as a spare until one of its tables changes or there are too many; then the one used longest ago goes.
 */
export class PlanGraph {
  readonly #options: PlanGraphOptions;
  readonly #nodes = new Map<string, PlanNode>();
  /** How many callers, and how many other parts, use a part; a part without an entry is unused. */
  readonly #holders = new Map<PlanNode, number>();
  readonly #users = new Map<PlanNode, number>();
  /** The unused parts, the one used longest ago first. */
  readonly #spares = new Set<PlanNode>();
  readonly #schedule = new PlanSchedule();
  #hits = 0;
  #misses = 0;
  #evictions = 0;

  constructor(options: PlanGraphOptions) {
    this.#options = options;
  }

  get metrics(): PlanGraphMetrics {
    let rowsHeld = 0;
    for (const node of this.#nodes.values()) rowsHeld += node.held;
    return {
      hits: this.#hits,
      misses: this.#misses,
      evictions: this.#evictions,
      operators: this.#nodes.size,
      rowsHeld,
    };
  }

  /**
   * The part that a plan stands for, to be given back by `release`. What of it is not there yet is loaded from the present rows
   * of its tables, in time linear in them; when that fails, the part has a `fault`.
   */
  acquire(plan: Plan, parameters: Parameters = {}): PlanNode {
    const node = this.#find(bindPlan(plan, parameters));
    this.#count(this.#holders, node, 1);
    this.#trim();
    return node;
  }

  /** Gives a part back; once for each time that it was acquired. */
  release(node: PlanNode): void {
    invariant(this.#holders.has(node), "a part is released as often as it was acquired");
    this.#count(this.#holders, node, -1);
    this.#trim();
  }

  /**
   * Carries changes of tables through all parts that they touch, and tells what became of the acquired ones. The rows of the
   * tables have changed already. Every part runs at most once; one that fails leaves all but those that depend on it right.
   */
  apply(changes: ReadonlyMap<string, Changes>): ReadonlyMap<PlanNode, Outcome> {
    this.#dropSpares(changes);
    const affected = this.#schedule.affectedBy(changes);
    const outcomes = new Map<PlanNode, Outcome>();
    for (const { node, table } of affected) {
      node.run(table === undefined ? undefined : changes.get(table));
      const outcome = this.#holders.has(node) ? node.outcome() : undefined;
      if (outcome !== undefined) outcomes.set(node, outcome);
    }
    for (const { node } of affected) node.settle();
    return outcomes;
  }

  #find(plan: Plan): PlanNode {
    const key = planKey(plan);
    const found = this.#nodes.get(key);
    if (found !== undefined) {
      this.#hits++;
      return found;
    }
    const inputs = inputsOf(plan).map((input) => this.#find(input));
    const node = new PlanNode(key, plan, inputs, compileStep(plan, this.#options.rowsOf));
    this.#misses++;
    this.#nodes.set(key, node);
    this.#schedule.add(node, plan.type === "scan" ? plan.table : undefined);
    for (const input of inputs) this.#count(this.#users, input, 1);
    return node;
  }

  /** Counts a use of a part up or down, and makes it a spare when it has none left. */
  #count(uses: Map<PlanNode, number>, node: PlanNode, by: 1 | -1): void {
    const count = (uses.get(node) ?? 0) + by;
    if (count === 0) uses.delete(node);
    else uses.set(node, count);
    this.#spares.delete(node);
    if (!this.#holders.has(node) && !this.#users.has(node)) this.#spares.add(node);
  }

  #dropSpares(changes: ReadonlyMap<string, Changes>): void {
    // Dropping a part may make spares of its inputs; they come last, so that this loop meets them.
    for (const spare of this.#spares) {
      if ([...spare.tables].some((table) => changes.has(table))) this.#drop(spare);
    }
  }

  #trim(): void {
    for (const spare of this.#spares) {
      if (this.#spares.size <= this.#options.spare) return;
      this.#drop(spare);
    }
  }

  #drop(spare: PlanNode): void {
    this.#spares.delete(spare);
    this.#nodes.delete(spare.key);
    this.#schedule.remove(spare);
    this.#evictions++;
    for (const input of spare.inputs) this.#count(this.#users, input, -1);
  }
}
