import { predictMs, type CrossingCost, type Load, type Places } from "./placement.ts";
import type { ViewCost } from "./plan-cost.ts";

/** How much of what is remembered the newest flush makes up. */
const share = 1 / 8;

/**
 * About what rows of eleven columns take (`bench/README.md`, “Crossing to the page”); to open one includes taking it into a
 * table. A wrong guess shows as a slowdown, which is learned.
 */
export const usualCrossing: CrossingCost = {
  messageMs: 0.15,
  packMs: 0.001,
  openMs: 0.0015,
  answerMs: 0.0007,
};

/** What one flush was. */
export type FlushSample = {
  readonly changes: ReadonlyMap<string, number>;
  readonly views: readonly ViewCost[];
  readonly places: Places;
  /** Milliseconds that this thread and the replicas computed, added up, crossing left out. */
  readonly computedMs: number;
  /** From the beginning to the last answer, `null` where that is not known. */
  readonly wallMs: number | null;
};

/** What flushes of one frequency have been about and what they took, the newest counting most. */
export class FlushCosts {
  readonly #crossing: CrossingCost;
  #changes = new Map<string, number>();
  #computedMs = 0;
  #weight = 0;
  #slowdown = 1;

  constructor(crossing: CrossingCost) {
    this.#crossing = crossing;
  }

  get load(): Load {
    // Before anything was measured a unit is the microsecond that it was when the weights were taken.
    const unitMs = this.#weight === 0 ? 0.001 : this.#computedMs / this.#weight;
    return { changes: this.#changes, unitMs, crossing: this.#crossing };
  }

  /** How many times longer than predicted flushes over several threads took; forgotten slowly, so that they are tried again. */
  get slowdown(): number {
    return this.#slowdown;
  }

  add({ changes, views, places, computedMs, wallMs }: FlushSample): void {
    for (const table of new Set([...changes.keys(), ...this.#changes.keys()]))
      this.#changes.set(table, mixed(this.#changes.get(table), changes.get(table) ?? 0));
    const unit: Load = { changes, unitMs: 1, crossing: free };
    let weight = 0;
    for (const thread of new Set([0, ...places.values()])) {
      const own = views.filter(({ name }) => (places.get(name) ?? 0) === thread);
      weight += predictMs(own, new Map(), unit);
    }
    this.#computedMs = this.#computedMs * (1 - share) + computedMs;
    this.#weight = this.#weight * (1 - share) + weight;
    this.#slowdown = 1 + (this.#slowdown - 1) * 0.999;
    if (places.size === 0 || wallMs === null) return;
    const expected = predictMs(views, places, { ...this.load, changes });
    if (expected > 0) this.#slowdown = Math.max(1, mixed(this.#slowdown, wallMs / expected));
  }
}

const free: CrossingCost = { messageMs: 0, packMs: 0, openMs: 0, answerMs: 0 };

function mixed(before: number | undefined, now: number): number {
  return before === undefined ? now : before + (now - before) * share;
}
