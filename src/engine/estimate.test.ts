import fc from "fast-check";
import { expect, it } from "vitest";
import { asResourceId, type ResourceId } from "../model/ids.ts";
import { estimateFrom, estimateWork } from "./estimate.ts";
import type { Target } from "./target.ts";

/** Tasks in an order in which each stands behind what it waits for, with the time of each, where one is known. */
const tasks = fc
  .array(fc.record({ ms: fc.option(fc.nat(100)), inputs: fc.array(fc.nat(9), { maxLength: 3 }) }), {
    maxLength: 10,
  })
  .map((list) =>
    list.map(({ ms, inputs }, n) => ({ ms, inputs: [...new Set(inputs)].filter((input) => input < n) })),
  );

const id = (n: number): ResourceId => asResourceId(`page:${n}.md`);

it("[E37] expects no end before the longest chain of tasks, nor before all work is shared out", () => {
  fc.assert(
    fc.property(tasks, fc.integer({ min: 1, max: 8 }), (list, lanes) => {
      const timed = new Map(
        list.map(({ ms, inputs }, n) => [{ id: id(n), inputs: inputs.map(id) } as unknown as Target, ms]),
      );
      // Every chain, one by one, instead of one walk in the order of the plan.
      const chainTo = (n: number): number =>
        (list[n]?.ms ?? 0) + Math.max(0, ...(list[n]?.inputs ?? []).map(chainTo));
      const criticalMs = Math.max(0, ...list.map((_, n) => chainTo(n)));
      const workMs = list.reduce((sum, { ms }) => sum + (ms ?? 0), 0);
      expect(estimateWork(timed, lanes)).toEqual({
        lanes,
        workMs,
        criticalMs,
        totalMs: Math.max(criticalMs, workMs / lanes),
        untimed: list.filter(({ ms }) => ms === null).length,
      });
    }),
  );
});

const kinds = ["page", "variant"] as const;
/** A target, by kind and by what its size is told from: bytes of its file, or its width. */
const sized = fc.record({ kind: fc.constantFrom(...kinds), size: fc.integer({ min: 0, max: 5_000 }) });
const ran = fc.array(fc.record({ of: fc.nat(5), durationMs: fc.nat(50) }), { maxLength: 25 });

it("[E37] expects of a task the median of its own times, else of those of its kind nearest to it in size", () => {
  fc.assert(
    fc.property(fc.array(sized, { minLength: 6, maxLength: 6 }), ran, (list, times) => {
      const targets = list.map(({ kind, size }, n) => {
        const path = `${n}.md`;
        return { id: id(n), kind, path, width: size + 1 } as unknown as Target;
      });
      const sources = new Map(list.map(({ size }, n) => [`${n}.md`, { size }])) as never;
      const timings = times.map(({ of, durationMs }) => ({ resourceId: id(of), durationMs }));
      const estimate = estimateFrom(timings, new Map(targets.map((target) => [target.id, target])), sources);
      for (const [n, target] of targets.entries())
        expect(estimate(target)).toBe(plainEstimate(n, list, times));
    }),
    { numRuns: 500 },
  );
});

type Sized = { readonly kind: (typeof kinds)[number]; readonly size: number };

/** The rule as it is written, without any table: all times that count, drawn together and halved. */
function plainEstimate(
  n: number,
  list: readonly Sized[],
  times: readonly { readonly of: number; readonly durationMs: number }[],
): number | null {
  const classOf = (of: number) =>
    doublings(list[of]?.kind === "variant" ? ((list[of]?.size ?? 0) + 1) ** 2 : (list[of]?.size ?? 0));
  const alike = times.filter(({ of }) => list[of]?.kind === list[n]?.kind);
  const distance = ({ of }: { readonly of: number }) => Math.abs(classOf(of) - classOf(n));
  const nearest = Math.min(...alike.map(distance));
  const smallest = Math.min(
    ...alike.filter((time) => distance(time) === nearest).map(({ of }) => classOf(of)),
  );
  const own = times.filter(({ of }) => of === n);
  const counted = own.length > 0 ? own : alike.filter(({ of }) => classOf(of) === smallest);
  const values = counted.map(({ durationMs }) => durationMs);
  if (values.length === 0) return null;
  // As many lie below the middle as above it: take the least and the greatest away until one or two are left.
  while (values.length > 2) {
    values.splice(values.indexOf(Math.min(...values)), 1);
    values.splice(values.indexOf(Math.max(...values)), 1);
  }
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** How often 1 has to be doubled to be no less than a size. */
function doublings(size: number): number {
  let count = 0;
  for (let reach = 1; reach < size; reach *= 2) count++;
  return count;
}
