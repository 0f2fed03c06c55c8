import type { ResourceId } from "../model/ids.ts";
import type { TaskEvent } from "../model/output.ts";
import type { RunRow } from "../model/view-rows.ts";
import { withoutWorker, workerLanes, type Slot, type WorkerLane } from "../model/worker-lanes.ts";

/** What a trace tells of. */
export type TracedRun = {
  /** Of the project. */
  readonly name: string;
  readonly run: RunRow;
  readonly events: readonly TaskEvent[];
  /** The tasks of the critical path, in their order. */
  readonly critical: readonly ResourceId[];
};

type Args = Readonly<Record<string, string | number | null>>;

/** An event of a trace. Times are microseconds since the run began. */
type TraceEvent = {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
} & (
  | { readonly ph: "M"; readonly args: Args }
  | { readonly ph: "X"; readonly cat: string; readonly ts: number; readonly dur: number; readonly args: Args }
  | { readonly ph: "i"; readonly cat: string; readonly ts: number; readonly s: "t"; readonly args: Args }
  | { readonly ph: "s" | "t"; readonly cat: string; readonly ts: number; readonly id: number }
  | { readonly ph: "f"; readonly cat: string; readonly ts: number; readonly id: number; readonly bp: "e" }
);

const pid = 1;
const tracks = { stages: 1, critical: 2, worker: 10, none: 3 } as const;

/**
 * A run as a trace that Perfetto and chrome://tracing open: a track for its stages, one for its critical path, one
 * a worker with a bar a task, and one for what settled without a worker. Arrows lead along the critical path.
 * Source: Trace Event Format, Google, JSON object form. Cost: O(events · log events).
 */
export function traceOf(traced: TracedRun): string {
  const { name, run, events, critical } = traced;
  const lanes = workerLanes(events);
  const since = microsecondsSince(firstMoment(run, events));
  const timed = [
    ...stageEvents(run, since),
    ...lanes.flatMap((lane) => laneEvents(lane, since)),
    ...withoutWorker(events).map((event) => instantOf(event, since)),
    ...criticalEvents(pathSlots(lanes, critical), since),
  ];
  const traceEvents = [...headings(name, lanes), ...timed.sort(inOrder)];
  const otherData = { run: run.key, project: name, startedAt: new Date(run.startedAt).toISOString() };
  return JSON.stringify({ traceEvents, displayTimeUnit: "ms", otherData });
}

/** `diary-run-2026-11-03T14-05-09.json`: names of files hold no colons, and of the project's name what is safe. */
export function traceFileName(name: string, run: Pick<RunRow, "startedAt">): string {
  const time = new Date(run.startedAt).toISOString().slice(0, 19).replaceAll(":", "-");
  return `${name.replace(/[/\\:*?"<>|\p{Cc}]/gu, "-")}-run-${time}.json`;
}

/** Tasks may begin a little before the run's own clock says that it did. */
function firstMoment(run: RunRow, events: readonly TaskEvent[]): number {
  return events.reduce((first, { startedAt }) => Math.min(first, startedAt), run.startedAt);
}

/** Whole microseconds; of two moments the later is never put before the earlier. */
function microsecondsSince(origin: number): (moment: number) => number {
  return (moment) => Math.round((moment - origin) * 1000);
}

type Since = ReturnType<typeof microsecondsSince>;

function headings(name: string, lanes: readonly WorkerLane[]): readonly TraceEvent[] {
  const threads: readonly (readonly [tid: number, name: string])[] = [
    [tracks.stages, "Stages of the run"],
    [tracks.critical, "Critical path"],
    ...lanes.map(({ worker }) => [tracks.worker + worker, `Worker ${worker + 1}`] as const),
    [tracks.none, "Without a worker"],
  ];
  return [
    { name: "process_name", ph: "M", pid, tid: 0, args: { name: `Strata: ${name}` } },
    ...threads.flatMap(([tid, words], order): TraceEvent[] => [
      { name: "thread_name", ph: "M", pid, tid, args: { name: words } },
      { name: "thread_sort_index", ph: "M", pid, tid, args: { sort_index: order } },
    ]),
  ];
}

function stageEvents({ stages, endedAt }: RunRow, since: Since): readonly Timed[] {
  return stages.map((stage) => {
    const ts = since(stage.startedAt);
    const dur = Math.max(0, since(stage.endedAt ?? endedAt ?? stage.startedAt) - ts);
    return { name: stage.name, cat: "stage", ph: "X", pid, tid: tracks.stages, ts, dur, args: {} };
  });
}

function laneEvents({ worker, slots }: WorkerLane, since: Since): readonly Timed[] {
  return slots.map((slot) => barOf(slot, tracks.worker + worker, since));
}

function barOf({ event, start, end }: Slot, tid: number, since: Since): Timed {
  const ts = since(start);
  return { ...wordsOf(event), ph: "X", pid, tid, ts, dur: since(end) - ts };
}

function instantOf(event: TaskEvent, since: Since): Timed {
  return { ...wordsOf(event), ph: "i", s: "t", pid, tid: tracks.none, ts: since(event.startedAt) };
}

function wordsOf({ resourceId, outcome, cause, bytes, place, worker }: TaskEvent) {
  const { generation, scheduleIndex } = place;
  const cat = resourceId.slice(0, Math.max(0, resourceId.indexOf(":")));
  return { name: resourceId, cat, args: { outcome, cause, bytes, generation, scheduleIndex, worker } };
}

/** The slots of the critical path, each after the one before it. */
function pathSlots(lanes: readonly WorkerLane[], critical: readonly ResourceId[]): readonly Slot[] {
  const byId = new Map(lanes.flatMap(({ slots }) => slots).map((slot) => [slot.event.resourceId, slot]));
  let free = -Infinity;
  return critical.flatMap((id) => {
    const slot = byId.get(id);
    if (slot === undefined) return [];
    const start = Math.max(slot.start, free);
    free = Math.max(start, slot.end);
    return [{ ...slot, start, end: free }];
  });
}

/** The path as a track of its own, and arrows from bar to bar on the tracks of the workers. */
function criticalEvents(path: readonly Slot[], since: Since): readonly Timed[] {
  const bars = path.map((slot) => barOf(slot, tracks.critical, since));
  if (path.length < 2) return bars;
  const arrows = path.map(({ event, start }, at): Timed => {
    const step = { name: "critical path", cat: "critical", id: 1, pid, ts: since(start) };
    const tid = tracks.worker + (event.worker ?? 0);
    if (at === 0) return { ...step, tid, ph: "s" };
    return at === path.length - 1 ? { ...step, tid, ph: "f", bp: "e" } : { ...step, tid, ph: "t" };
  });
  return [...bars, ...arrows];
}

type Timed = Exclude<TraceEvent, { readonly ph: "M" }>;

/** By track and time; of what begins together the bar first, since an arrow binds to the bar that is there. */
function inOrder(a: Timed, b: Timed): number {
  return a.tid - b.tid || a.ts - b.ts || Number(b.ph === "X") - Number(a.ph === "X");
}
