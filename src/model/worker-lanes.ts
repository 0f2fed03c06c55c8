import type { TaskEvent } from "./output.ts";

/** The time in which a worker had one task. */
export type Slot = {
  readonly event: TaskEvent;
  /** Milliseconds since the epoch. */
  readonly start: number;
  readonly end: number;
};

/** What one worker did, one task after the other: no slot begins before the one before it has ended. */
export type WorkerLane = { readonly worker: number; readonly slots: readonly Slot[] };

/**
 * Which worker had which task when, of the tasks that a worker had; lanes by number of the worker. Runs of earlier
 * versions gave all tasks of one job the time at which the job was sent: such tasks stand one after the other.
 * Cost: O(events · log events).
 */
export function workerLanes(events: readonly TaskEvent[]): readonly WorkerLane[] {
  const byWorker = new Map<number, TaskEvent[]>();
  for (const event of events) {
    if (event.worker === null) continue;
    const lane = byWorker.get(event.worker);
    if (lane === undefined) byWorker.set(event.worker, [event]);
    else lane.push(event);
  }
  return [...byWorker]
    .sort(([a], [b]) => a - b)
    .map(([worker, lane]) => ({ worker, slots: inTurn(lane.sort(byStart)) }));
}

/** What settled without a worker, by time: taken over, held back or cancelled. */
export function withoutWorker(events: readonly TaskEvent[]): readonly TaskEvent[] {
  return events.filter(({ worker }) => worker === null).sort(byStart);
}

function byStart(a: TaskEvent, b: TaskEvent): number {
  return a.startedAt - b.startedAt || a.place.scheduleIndex - b.place.scheduleIndex;
}

function inTurn(events: readonly TaskEvent[]): readonly Slot[] {
  let free = -Infinity;
  return events.map((event) => {
    const start = Math.max(event.startedAt, free);
    free = start + Math.max(0, event.durationMs);
    return { event, start, end: free };
  });
}
