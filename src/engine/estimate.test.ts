import fc from "fast-check";
import { expect, it } from "vitest";
import { asResourceId, type ResourceId } from "../model/ids.ts";
import { estimateWork } from "./estimate.ts";
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
