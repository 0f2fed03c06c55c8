import fc from "fast-check";
import { expect, it } from "vitest";
import { asJobId, asResourceId } from "../model/ids.ts";
import type { TaskEvent } from "../model/output.ts";
import type { RunRow } from "../model/view-rows.ts";
import { RunProgress } from "./run-progress.ts";
import { traceFileName, traceOf, type TracedRun } from "./run-trace.ts";

const began = Date.UTC(2026, 10, 3, 14, 5, 9, 250);

const run: RunRow = {
  ...new RunProgress(
    asJobId("run"),
    () => began,
    () => {},
  ).row,
  phase: "done",
  endedAt: began + 900,
  stages: [
    { name: "scan", startedAt: began + 2, endedAt: began + 40 },
    { name: "plan", startedAt: began + 40, endedAt: began + 41.5 },
    { name: "publish", startedAt: began + 800, endedAt: null },
  ],
};

const moments = fc.double({ min: 0, max: 800, noNaN: true });
const traced: fc.Arbitrary<TracedRun> = fc
  .record({
    tasks: fc.array(
      fc.record({
        worker: fc.option(fc.nat(3), { nil: null }),
        start: moments,
        durationMs: fc.double({ min: 0, max: 90, noNaN: true }),
        outcome: fc.constantFrom<TaskEvent["outcome"]>("built", "reused", "failed", "poisoned", "cancelled"),
        name: fc.string({ unit: "binary" }),
      }),
      { maxLength: 60 },
    ),
    picks: fc.array(fc.nat(59), { maxLength: 8 }),
  })
  .map(({ tasks, picks }) => {
    const events = tasks.map(({ worker, start, durationMs, outcome, name }, index): TaskEvent => ({
      jobId: asJobId("run"),
      resourceId: asResourceId(`page:${index} ${name}`),
      outcome,
      place: {
        scheduleIndex: index,
        generation: index % 4,
        generationOrder: 0,
        generationSize: 1,
        planSignature: "",
      },
      worker,
      startedAt: began + start,
      durationMs,
      bytes: index * 100,
      cause: `${name} changed`,
    }));
    const chosen = [...new Set(picks)].filter((pick) => pick < events.length).sort((a, b) => a - b);
    return { name: "no/tes", run, events, critical: chosen.map((pick) => events[pick]!.resourceId) };
  });

type Raw = Readonly<Record<string, unknown>>;

/** What the format's specification asks of each kind of event, and nothing that this writer alone does. */
function complaintsOf(event: Raw): readonly string[] {
  const wrong: string[] = [];
  const need = (holds: boolean, what: string) =>
    void (holds || wrong.push(`${what}: ${JSON.stringify(event)}`));
  need(typeof event["name"] === "string", "a name");
  need(Number.isInteger(event["pid"]) && Number.isInteger(event["tid"]), "process and thread");
  if (event["ph"] === "M") {
    const args = event["args"] as Raw;
    const isSort = event["name"] === "thread_sort_index";
    need(isSort ? Number.isInteger(args["sort_index"]) : typeof args["name"] === "string", "metadata");
    return wrong;
  }
  need(typeof event["cat"] === "string", "categories");
  need(typeof event["ts"] === "number" && Number(event["ts"]) >= 0, "a time");
  if (event["ph"] === "X") need(typeof event["dur"] === "number" && Number(event["dur"]) >= 0, "a duration");
  else if (event["ph"] === "i") need(["g", "p", "t"].includes(String(event["s"])), "a scope");
  else
    need(["s", "t", "f"].includes(String(event["ph"])) && event["id"] !== undefined, "a known phase and id");
  return wrong;
}

const end = (bar: Raw) => Number(bar["ts"]) + Number(bar["dur"]);

it("[E71] is a trace as the format's specification has it, with bars that never overlap on a track", () => {
  fc.assert(
    fc.property(traced, (input) => {
      const trace = JSON.parse(traceOf(input)) as { traceEvents: readonly Raw[]; displayTimeUnit: string };
      expect(trace.traceEvents.flatMap(complaintsOf)).toEqual([]);
      expect(["ms", "ns"]).toContain(trace.displayTimeUnit);
      const timed = trace.traceEvents.filter(({ ph }) => ph !== "M");
      const named = trace.traceEvents.filter(({ name }) => name === "thread_name").map(({ tid }) => tid);
      for (const tid of new Set(timed.map((event) => event["tid"]))) {
        expect(named).toContain(tid);
        const track = timed.filter((event) => event["tid"] === tid);
        track.slice(1).forEach((event, at) => {
          expect(Number(event["ts"])).toBeGreaterThanOrEqual(Number(track[at]!["ts"]));
        });
        const bars = track.filter(({ ph }) => ph === "X");
        bars.slice(1).forEach((bar, at) => {
          expect(Number(bar["ts"])).toBeGreaterThanOrEqual(end(bars[at]!));
        });
      }
    }),
  );
});

it("[E71] has one event a task with its cause, bytes and generation, and arrows from bar to bar of the path", () => {
  fc.assert(
    fc.property(traced, (input) => {
      const { traceEvents } = JSON.parse(traceOf(input)) as { traceEvents: readonly Raw[] };
      const onTracks = traceEvents.filter(({ ph, tid }) => (ph === "X" && Number(tid) >= 10) || ph === "i");
      const told = onTracks.map(({ name, args }) => [name, ...Object.values(args as Raw).slice(0, 4)]);
      const happened = input.events.map((event) => [
        event.resourceId,
        event.outcome,
        event.cause,
        event.bytes,
        event.place.generation,
      ]);
      expect(told.toSorted(byText)).toEqual(happened.toSorted(byText));
      const path = input.critical.filter((id) =>
        input.events.some(({ resourceId, worker }) => resourceId === id && worker !== null),
      );
      const bars = traceEvents.filter(({ ph, tid }) => ph === "X" && tid === 2);
      expect(bars.map(({ name }) => name)).toEqual(path);
      const arrows = traceEvents.map(({ ph }) => String(ph)).filter((ph) => ["s", "t", "f"].includes(ph));
      const wanted = path.length < 2 ? [] : ["f", "s", ...path.slice(2).map(() => "t")];
      expect(arrows.toSorted(byText)).toEqual(wanted.toSorted(byText));
    }),
  );
});

const byText = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

it("[E71] shows the stages in their own track, in microseconds since the run began", () => {
  const { traceEvents } = JSON.parse(traceOf({ name: "notes", run, events: [], critical: [] })) as {
    traceEvents: readonly Raw[];
  };
  const stages = traceEvents.filter(({ cat }) => cat === "stage").map(({ name, ts, dur }) => [name, ts, dur]);
  expect(stages).toEqual([
    ["scan", 2_000, 38_000],
    ["plan", 40_000, 1_500],
    ["publish", 800_000, 100_000],
  ]);
  expect(traceFileName("no/tes", run)).toBe("no-tes-run-2026-11-03T14-05-09.json");
});
