import { compareNames } from "../base/byte-order.ts";
import type { TargetSchedule } from "./schedule-targets.ts";
import type { Target } from "./target.ts";

/** Targets whose inputs are all done, per kind; the one with the most work behind it comes first. */
export class ReadyQueue {
  readonly #queues = new Map<Target["kind"], Target[]>();
  readonly #workOf: TargetSchedule["remainingWork"];
  #unsorted = new Set<Target["kind"]>();

  constructor(workOf: TargetSchedule["remainingWork"]) {
    this.#workOf = workOf;
  }

  push(target: Target): void {
    const queue = this.#queues.get(target.kind);
    if (queue === undefined) this.#queues.set(target.kind, [target]);
    else queue.push(target);
    this.#unsorted.add(target.kind);
  }

  /**
   * Takes what one job should do next: the most urgent target and, up to `limit`, others of its kind; of variants,
   * all of the same source. Empty when nothing is ready.
   */
  take(limit: (kind: Target["kind"], ready: number) => number): readonly Target[] {
    const queue = this.#mostUrgent();
    const first = queue?.at(-1);
    if (queue === undefined || first === undefined) return [];
    if (first.kind === "variant") return this.#takeOfSource(queue, first.path);
    return queue.splice(-Math.max(1, limit(first.kind, queue.length))).toReversed();
  }

  #takeOfSource(queue: Target[], path: string): readonly Target[] {
    const isOfSource = (target: Target) => target.kind === "variant" && target.path === path;
    const taken = queue.filter(isOfSource);
    this.#queues.set(
      "variant",
      queue.filter((target) => !isOfSource(target)),
    );
    return taken;
  }

  #mostUrgent(): Target[] | undefined {
    let best: Target[] | undefined;
    for (const [kind, queue] of this.#queues) {
      if (this.#unsorted.delete(kind)) queue.sort((a, b) => this.#compare(b, a));
      const last = queue.at(-1);
      const bestLast = best?.at(-1);
      if (last !== undefined && (bestLast === undefined || this.#compare(last, bestLast) < 0)) best = queue;
    }
    return best;
  }

  #compare(a: Target, b: Target): number {
    return (this.#workOf.get(b.id) ?? 0) - (this.#workOf.get(a.id) ?? 0) || compareNames(a.id, b.id);
  }
}
