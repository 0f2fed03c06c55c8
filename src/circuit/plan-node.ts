import type { Fault } from "../base/fault.ts";
import { ChangeList } from "./net-changes.ts";
import { noChanges } from "./operator.ts";
import type { Operator, Rows } from "./operator.ts";
import { operatorFault } from "./outcome.ts";
import type { Outcome } from "./outcome.ts";
import type { Order, Plan } from "./plan.ts";
import type { Changes, Row } from "./row.ts";
import { chooseStrategy, isRecomputationCheaper } from "./strategy.ts";
import type { Strategy } from "./strategy.ts";

/**
 * What a part has told in the step that is being carried through:
 * - `nothing`: its rows are as they were, or its fault is
 * - `changes`: its rows changed
 * - `reset`: it has rows again after a fault; who depends on it starts over
 * - `fault`: it, or one that it depends on, failed in this step
 */
type News = "nothing" | "changes" | "reset" | "fault";

/** One part of a plan in a graph of plans: a step, applied to the parts that are its inputs. */
export class PlanNode {
  /** The text of the plan with its parameters: nodes of one graph have one key exactly when they are one node. */
  readonly key: string;
  /** The tables that its rows come from. */
  readonly tables: ReadonlySet<string>;
  /** The order of its rows, if it ends in a window. */
  readonly order: Order | undefined;
  readonly strategy: Strategy;
  readonly inputs: readonly PlanNode[];
  readonly #plan: Plan;
  readonly #operator: Operator;
  #fault: Fault | undefined;
  #incremental = 0;
  #full = 0;
  #news: News = "nothing";
  #changes: Changes = noChanges;
  /** What its inputs told in the step, for the operator: one list, filled anew in each. */
  readonly #feeds: Changes[] = [];

  constructor(key: string, plan: Plan, inputs: readonly PlanNode[], operator: Operator) {
    this.key = key;
    this.inputs = inputs;
    this.order = plan.type === "window" ? plan.order : undefined;
    this.strategy = chooseStrategy(plan);
    this.tables = plan.type === "scan" ? new Set([plan.table]) : tablesOf(inputs);
    this.#plan = plan;
    this.#operator = operator;
    this.#load();
    this.settle();
  }

  /** Why it holds no rows, if it does not. */
  get fault(): Fault | undefined {
    return this.#fault;
  }

  /** How often it took the changes of its inputs, and how often all of their rows. */
  get runs(): { readonly incremental: number; readonly full: number } {
    return { incremental: this.#incremental, full: this.#full };
  }

  /** Estimate of the rows that it keeps for its own use. */
  get held(): number {
    return this.#fault === undefined ? this.#operator.held() : 0;
  }

  /** Its present rows, in its order if it has one, or why there are none. Cost: its rows and those they come from. */
  content(): Exclude<Outcome, { type: "changes" }> {
    if (this.#fault !== undefined) return { type: "fault", fault: this.#fault };
    try {
      return { type: "reset", rows: [...this.rows()] };
    } catch (error) {
      return { type: "fault", fault: this.#fail(operatorFault(this.#plan.type, error)) };
    }
  }

  /** Its present rows as they are asked for; none while it has a fault. May throw where `content` tells a fault. */
  rows(): Rows {
    return this.#fault === undefined ? this.#operator.rows(this.#rowsOfInputs()) : [];
  }

  /** Carries one step through, after all inputs have. `ofTable` are the changes of the table of a scan. */
  run(ofTable: Changes = noChanges): void {
    const culprit = this.#faultOfInputs();
    if (culprit !== undefined) {
      if (this.#fault === undefined) this.#fail(culprit);
      return;
    }
    const [startOver, count] = this.#gather(ofTable);
    if (!startOver && count === 0) return;
    if (startOver || this.#fault !== undefined) this.#load();
    else this.#apply(this.#feeds, count);
  }

  /** Puts the changes of all inputs into `#feeds`: whether one of them starts over, and how many changes there are. */
  #gather(ofTable: Changes): readonly [startOver: boolean, count: number] {
    if (this.inputs.length === 0) this.#feeds[0] = ofTable;
    let [startOver, count] = [false, ofTable.length];
    for (const [place, input] of this.inputs.entries()) {
      this.#feeds[place] = input.#changes;
      count += input.#changes.length;
      startOver ||= input.#news === "reset";
    }
    return [startOver, count];
  }

  /** What became of it in the step carried through, `undefined` when nothing did. */
  outcome(): Outcome | undefined {
    if (this.#news === "nothing") return undefined;
    return this.#news === "changes" ? { type: "changes", changes: this.#changes } : this.content();
  }

  /** Ends the step. */
  settle(): void {
    this.#news = "nothing";
    this.#changes = noChanges;
    // Else it would keep all rows of a great batch from being freed until the next one.
    this.#feeds.length = 0;
  }

  #apply(inputs: readonly Changes[], count: number): void {
    try {
      if (this.#isRecomputed(count)) this.#changes = this.#recompute();
      else this.#changes = this.#follow(inputs);
      this.#news = this.#changes.length > 0 ? "changes" : "nothing";
    } catch (error) {
      this.#fail(operatorFault(this.#plan.type, error));
    }
  }

  #follow(inputs: readonly Changes[]): Changes {
    this.#incremental++;
    return this.#operator.apply(inputs);
  }

  #isRecomputed(changes: number): boolean {
    if (this.strategy === "FullRecompute") return true;
    return isRecomputationCheaper(this.#plan, changes, () => this.#operator.loaded());
  }

  /** Loads it anew and compares what it held with what it holds. */
  #recompute(): Changes {
    this.#full++;
    const before = new Map<string, Row>();
    for (const row of this.#operator.rows([])) before.set(row.key, row);
    const inputs = this.#rowsOfInputs();
    this.#operator.load(inputs);
    const list = new ChangeList();
    for (const row of this.#operator.rows(inputs)) {
      list.replace(before.get(row.key), row);
      before.delete(row.key);
    }
    for (const row of before.values()) list.replace(row, undefined);
    return list.changes;
  }

  /** Computes it from the present rows of its inputs. */
  #load(): void {
    this.#fault = this.#faultOfInputs();
    if (this.#fault !== undefined) return;
    try {
      this.#operator.load(this.#rowsOfInputs());
      this.#news = "reset";
      this.#full++;
    } catch (error) {
      this.#fail(operatorFault(this.#plan.type, error));
    }
  }

  #fail(fault: Fault): Fault {
    this.#fault = fault;
    this.#news = "fault";
    this.#changes = noChanges;
    return fault;
  }

  #faultOfInputs(): Fault | undefined {
    for (const input of this.inputs) if (input.#fault !== undefined) return input.#fault;
    return undefined;
  }

  #rowsOfInputs(): readonly Rows[] {
    return this.inputs.map((input) => input.rows());
  }
}

function tablesOf(inputs: readonly PlanNode[]): ReadonlySet<string> {
  return new Set(inputs.flatMap((input) => [...input.tables]));
}
