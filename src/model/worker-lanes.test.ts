import fc from "fast-check";
import { expect, it } from "vitest";
import { asJobId, asResourceId } from "./ids.ts";
import type { TaskEvent } from "./output.ts";
import { withoutWorker, workerLanes } from "./worker-lanes.ts";

const events = fc
  .array(
    fc.record({
      worker: fc.option(fc.nat(3), { nil: null }),
      startedAt: fc.integer({ min: 0, max: 60 }),
      durationMs: fc.double({ min: 0, max: 20, noNaN: true }),
    }),
    { maxLength: 40 },
  )
  .map((rows) => rows.map((row, index) => eventOf(index, row)));

function eventOf(index: number, row: Pick<TaskEvent, "worker" | "startedAt" | "durationMs">): TaskEvent {
  return {
    jobId: asJobId("run"),
    resourceId: asResourceId(`page:${index}.md`),
    outcome: row.worker === null ? "reused" : "built",
    place: {
      scheduleIndex: index,
      generation: 0,
      generationOrder: index,
      generationSize: 1,
      planSignature: "",
    },
    bytes: 1,
    cause: "",
    ...row,
  };
}

it("gives every task of a worker its own time, in the order of their starts, none of them early", () => {
  fc.assert(
    fc.property(events, (all) => {
      const lanes = workerLanes(all);
      for (const { worker, slots } of lanes) {
        slots.forEach(({ event, start, end }, at) => {
          expect(event.worker).toBe(worker);
          expect(start).toBeGreaterThanOrEqual(event.startedAt);
          expect(end - start).toBeCloseTo(event.durationMs, 6);
          if (at > 0) expect(start).toBeGreaterThanOrEqual(slots[at - 1]!.end);
          if (at > 0) expect(event.startedAt).toBeGreaterThanOrEqual(slots[at - 1]!.event.startedAt);
        });
      }
      expect(lanes.map(({ worker }) => worker)).toEqual(
        [...new Set(all.flatMap(({ worker }) => worker ?? []))].sort((a, b) => a - b),
      );
      const placed = [
        ...lanes.flatMap(({ slots }) => slots.map(({ event }) => event)),
        ...withoutWorker(all),
      ];
      expect(new Set(placed)).toEqual(new Set(all));
      expect(placed).toHaveLength(all.length);
    }),
  );
});

it("leaves tasks where they were measured as long as none of them overlap", () => {
  const measured = [
    eventOf(0, { worker: 1, startedAt: 10, durationMs: 4 }),
    eventOf(1, { worker: 1, startedAt: 14, durationMs: 2 }),
    eventOf(2, { worker: 0, startedAt: 11, durationMs: 9 }),
  ];
  expect(workerLanes(measured).map(({ slots }) => slots.map(({ start, end }) => [start, end]))).toEqual([
    [[11, 20]],
    [
      [10, 14],
      [14, 16],
    ],
  ]);
});
