import type { Clock } from "../base/clock.ts";
import type { ResourceId } from "../model/ids.ts";
import type { Outcome, TaskResult } from "../model/wire.ts";

/** When a worker had a task: milliseconds since the epoch, and how long. */
export type TaskTime = { readonly startedAt: number; readonly durationMs: number };

/**
 * Gives each task of a job its part of the time in which a worker had the job. Tasks of a job may have run side by
 * side, waiting for the disk together: their times then share the worker's in proportion, one after the other, so
 * that no worker ever seems to do two things at once.
 */
export class WorkerTime {
  readonly #clock: Clock;
  /** What the runner's clock lacks to the engine's; taken once, since two clocks drift. */
  #offset: number | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** By resource. `sentAt` is all that is known of a runner that does not tell its times. */
  of(
    { results, span }: Pick<Outcome, "results" | "span">,
    sentAt: number,
  ): ReadonlyMap<ResourceId, TaskTime> {
    if (span === undefined)
      return new Map(
        results.map(({ resourceId, durationMs }) => [resourceId, { startedAt: sentAt, durationMs }]),
      );
    this.#offset ??= this.#clock() - span.to;
    return inProportion(results, { from: span.from + this.#offset, to: span.to + this.#offset });
  }
}

function inProportion(
  results: readonly Pick<TaskResult, "resourceId" | "durationMs">[],
  { from, to }: NonNullable<Outcome["span"]>,
): ReadonlyMap<ResourceId, TaskTime> {
  const worked = results.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const scale = worked > to - from ? (to - from) / worked : 1;
  let startedAt = from;
  const times = new Map<ResourceId, TaskTime>();
  for (const result of results) {
    const durationMs = result.durationMs * scale;
    times.set(result.resourceId, { startedAt, durationMs });
    startedAt += durationMs;
  }
  return times;
}
