import type { Frequency } from "../view.ts";
import { FlushCosts } from "./flush-costs.ts";
import { closedGate, type Gate, type GateState } from "./gate.ts";
import type { CrossingCost, Places } from "./placement.ts";
import type { ViewCost } from "./plan-cost.ts";

/** What one flush took in and took. */
export type LaneFlush = {
  readonly views: readonly ViewCost[];
  /** Where they were during it; `null` when one was on its way, so that what it took tells nothing. */
  readonly places: Places | null;
  readonly computedMs: number;
  /** `null` when other frequencies were brought up to date with it. */
  readonly wallMs: number | null;
};

/** What flushes of one frequency cost, and what the gate made of it. */
export class Lane {
  readonly frequency: Frequency;
  readonly #gate: Gate;
  readonly #costs: FlushCosts;
  #state: GateState = closedGate;
  #changes = new Map<string, number>();
  #isAsking = false;

  constructor(frequency: Frequency, gate: Gate, crossing: CrossingCost) {
    this.frequency = frequency;
    this.#gate = gate;
    this.#costs = new FlushCosts(crossing);
  }

  /** Where the gate wants the views to be. */
  get places(): Places {
    return this.#state.places;
  }

  /** Notes how much of a table a flush is about. */
  count(table: string, changes: number): void {
    this.#changes.set(table, (this.#changes.get(table) ?? 0) + changes);
  }

  /** Whether the gate is to be asked: the last flush was worth it. */
  get isAsking(): boolean {
    return this.#isAsking;
  }

  /** Ends a flush that took so long to compute; tells whether there is something to learn from it. */
  isWorth(computedMs: number): boolean {
    this.#isAsking = this.#state.places.size > 0 || computedMs >= this.#gate.leastMs;
    if (!this.#isAsking) this.#changes.clear();
    return this.#isAsking;
  }

  /** Learns from the flush that has ended. */
  add({ views, places, computedMs, wallMs }: LaneFlush): void {
    const changes = this.#changes;
    this.#changes = new Map();
    if (places !== null && changes.size > 0) this.#costs.add({ changes, views, places, computedMs, wallMs });
  }

  /** Asks the gate; tells whether it wants the views elsewhere. */
  ask(views: readonly ViewCost[], cores: number): boolean {
    this.#isAsking = false;
    const before = this.#state.places;
    const { load, slowdown } = this.#costs;
    this.#state = this.#gate.decide({ views, load, cores, slowdown }, this.#state);
    return this.#state.places !== before;
  }

  /** Takes it that the views are elsewhere than the gate said. */
  correct(places: Places): void {
    this.#state = { places, patience: 0 };
  }
}
