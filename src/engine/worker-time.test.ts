import fc from "fast-check";
import { expect, it } from "vitest";
import { asResourceId } from "../model/ids.ts";
import type { TaskResult } from "../model/wire.ts";
import { WorkerTime } from "./worker-time.ts";

const resultOf = (durationMs: number, index: number): TaskResult => ({
  status: "failed",
  resourceId: asResourceId(`page:${index}.md`),
  fault: { code: "broken", severity: "error", message: "It broke.", remedy: "Mend it." },
  durationMs,
});

const jobs = fc.array(
  fc.record({
    pause: fc.double({ min: 0, max: 5, noNaN: true }),
    length: fc.double({ min: 0, max: 40, noNaN: true }),
    durations: fc.array(fc.double({ min: 0, max: 30, noNaN: true }), { minLength: 1, maxLength: 5 }),
  }),
);

it("[E72] keeps each task inside its job, never longer than it took, and in the order and proportion of the work", () => {
  fc.assert(
    fc.property(jobs, (plan) => {
      let wall = 1_700_000_000_000;
      const time = new WorkerTime(() => wall);
      let now = 0;
      let free = -Infinity;
      for (const { pause, length, durations } of plan) {
        const from = now + pause;
        now = from + length;
        // The wall clock is set on, as after a night's sleep; the run's times stay together.
        wall += 1_000;
        const slots = [...time.of({ results: durations.map(resultOf), span: { from, to: now } }, 0).values()];
        slots.forEach(({ startedAt, durationMs }, at) => {
          expect(startedAt).toBeGreaterThanOrEqual(free - 0.001);
          expect(durationMs).toBeLessThanOrEqual(durations[at]! + 0.001);
          free = startedAt + durationMs;
        });
        const whole = durations.reduce((sum, one) => sum + one, 0);
        const shown = slots.reduce((sum, { durationMs }) => sum + durationMs, 0);
        expect(shown).toBeCloseTo(Math.min(whole, length), 3);
      }
    }),
  );
});

it("[E72] takes the time at which a job was sent from a runner that does not tell its own", () => {
  const slots = new WorkerTime(() => 99).of({ results: [3, 4].map(resultOf) }, 42);
  expect([...slots.values()]).toEqual([
    { startedAt: 42, durationMs: 3 },
    { startedAt: 42, durationMs: 4 },
  ]);
});
