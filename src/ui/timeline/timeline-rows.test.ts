import fc from "fast-check";
import { expect, it } from "vitest";
import { asJobId, asResourceId } from "../../model/ids.ts";
import type { TaskEvent } from "../../model/output.ts";
import { run } from "../testing/sample-rows.ts";
import { placeFrom } from "./timeline-keys.ts";
import { firstEndingFrom, slotNear, timelineOf } from "./timeline-rows.ts";

function event(index: number, worker: number | null, startedAt: number, durationMs: number): TaskEvent {
  return {
    jobId: asJobId("run"),
    resourceId: asResourceId(`page:${index}.md`),
    outcome: worker === null ? "reused" : "built",
    place: { scheduleIndex: index, generation: 0, generationOrder: 0, generationSize: 1, planSignature: "" },
    worker,
    startedAt,
    durationMs,
    bytes: 0,
    cause: "",
  };
}

const events = fc
  .array(fc.tuple(fc.option(fc.nat(2), { nil: null }), fc.nat(100), fc.nat(9)), {
    minLength: 1,
    maxLength: 40,
  })
  .map((tasks) =>
    tasks.map(([worker, start, length], index) => event(index, worker, start, worker === null ? 0 : length)),
  );

const row = run("run", 0, { endedAt: 90 });

it("holds every task once, in rows whose slots ascend, within the whole", () => {
  fc.assert(
    fc.property(events, (all) => {
      const { rows, whole } = timelineOf(row, { events: all, critical: [] });
      expect(rows.flatMap(({ slots }) => slots)).toHaveLength(all.length);
      for (const { slots } of rows) {
        slots.forEach(({ start, end }, at) => {
          expect(start).toBeGreaterThanOrEqual(Math.max(whole.from, slots[at - 1]?.start ?? whole.from));
          expect(end).toBeLessThanOrEqual(whole.to);
        });
      }
    }),
  );
});

it("finds the nearest task as looking at each one would", () => {
  fc.assert(
    fc.property(events, fc.nat(120), fc.nat(10), (all, moment, reach) => {
      for (const { slots } of timelineOf(row, { events: all, critical: [] }).rows) {
        const far = slots.map(({ start, end }) => Math.max(start - moment, moment - end, 0));
        const found = slotNear(slots, moment, reach);
        const least = Math.min(...far);
        if (least > reach) expect(found).toBeUndefined();
        else expect(far[found!]).toBe(least);
        const first = slots.findIndex(({ end }) => end >= moment);
        expect(firstEndingFrom(slots, moment)).toBe(first < 0 ? slots.length : first);
      }
    }),
  );
});

it("reaches every task with the arrow keys, and stays where there is no further one", () => {
  fc.assert(
    fc.property(events, (all) => {
      const timeline = timelineOf(row, { events: all, critical: [] });
      const start = placeFrom(timeline, undefined, "ArrowRight");
      expect(start).toBeDefined();
      const seen = new Set([JSON.stringify(start)]);
      const waiting = [start!];
      for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
        for (const key of ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"]) {
          const next = placeFrom(timeline, place, key);
          if (next === undefined || seen.has(JSON.stringify(next))) continue;
          expect(timeline.rows[next.row]?.slots[next.index]).toBeDefined();
          seen.add(JSON.stringify(next));
          waiting.push(next);
        }
      }
      expect(seen.size).toBe(all.length);
      expect(placeFrom(timeline, start, "x")).toBeUndefined();
    }),
  );
});
