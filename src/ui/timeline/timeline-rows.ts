import type { ResourceId } from "../../model/ids.ts";
import type { RunRow, RunStage } from "../../model/view-rows.ts";
import type { RunTasks } from "../../model/wire.ts";
import { withoutWorker, workerLanes, type Slot } from "../../model/worker-lanes.ts";
import type { TimeWindow } from "./time-window.ts";

/** One row of the drawing: what a worker did, or what settled without one. Slots ascend by start. */
export type TimelineRow = {
  readonly kind: "worker" | "none";
  readonly words: string;
  readonly slots: readonly Slot[];
};

/** A run as a drawing shows it. */
export type Timeline = {
  /** From the first thing that happened to the last. */
  readonly whole: TimeWindow;
  /** When the run began; the scale counts from here. */
  readonly origin: number;
  readonly stages: readonly RunStage[];
  readonly rows: readonly TimelineRow[];
  /** The tasks of the critical path, in their order. */
  readonly path: readonly Slot[];
  readonly critical: ReadonlySet<ResourceId>;
};

/** Lays out the tasks of a run. Cost: O(events · log events). */
export function timelineOf(run: RunRow, { events, critical }: RunTasks): Timeline {
  const workers = workerLanes(events).map(({ worker, slots }): TimelineRow => {
    return { kind: "worker", words: `Worker ${worker + 1}`, slots };
  });
  const settled = withoutWorker(events).map(momentOf);
  const rows = settled.length === 0 ? workers : [...workers, noWorker(settled)];
  const slots = workers.flatMap((row) => row.slots);
  const byId = new Map(slots.map((slot) => [slot.event.resourceId, slot]));
  return {
    whole: spanOf(run, rows),
    origin: run.startedAt,
    stages: run.stages,
    rows,
    path: critical.flatMap((id) => byId.get(id) ?? []),
    critical: new Set(critical),
  };
}

const noWorker = (slots: readonly Slot[]): TimelineRow => ({ kind: "none", words: "No worker", slots });

const momentOf = (event: Slot["event"]): Slot => ({ event, start: event.startedAt, end: event.startedAt });

function spanOf({ startedAt, endedAt }: RunRow, rows: readonly TimelineRow[]): TimeWindow {
  let from = startedAt;
  let to = Math.max(startedAt + 1, endedAt ?? startedAt);
  for (const { slots } of rows) {
    from = Math.min(from, slots[0]?.start ?? from);
    to = Math.max(to, slots.at(-1)?.end ?? to);
  }
  return { from, to };
}

/** The index of the first slot that ends at or after a moment. Cost: logarithmic. */
export function firstEndingFrom(slots: readonly Slot[], moment: number): number {
  let low = 0;
  let high = slots.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((slots[middle]?.end ?? Infinity) < moment) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The slot that a moment falls into, or else the nearest one no further away than `reach`. */
export function slotNear(slots: readonly Slot[], moment: number, reach: number): number | undefined {
  const next = firstEndingFrom(slots, moment);
  const distance = (index: number) => {
    const slot = slots[index];
    return slot === undefined ? Infinity : Math.max(slot.start - moment, moment - slot.end, 0);
  };
  const nearest = distance(next - 1) < distance(next) ? next - 1 : next;
  return distance(nearest) <= reach ? nearest : undefined;
}
