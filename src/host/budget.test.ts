import { setMaxListeners } from "node:events";
import fc from "fast-check";
import { expect, it } from "vitest";
import { createBudget, type Share } from "./budget.ts";

const never = new AbortController().signal;
setMaxListeners(0, never);

it("[H7] never grants more than the whole, but for one share that is larger than it", async () => {
  const weights = fc.array(fc.integer({ min: 0, max: 14 }), { minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(weights, fc.scheduler(), async (asked, scheduler) => {
      const budget = createBudget(10);
      const granted: number[] = [];
      let held: number[] = [];
      const uses = asked.map(async (weight, index) => {
        const share = await budget.acquire(weight, never);
        granted.push(index);
        held.push(weight);
        const heavy = held.filter((each) => each > 0);
        const sum = heavy.reduce((a, b) => a + b, 0);
        expect(sum <= 10 || heavy.length === 1).toBe(true);
        await scheduler.schedule(Promise.resolve());
        held = held.toSpliced(held.indexOf(weight), 1);
        share.release();
      });
      await scheduler.waitFor(Promise.all(uses));
      expect(granted).toEqual(asked.map((_, index) => index));
    }),
  );
});

it("[H7] lets those behind go on when one that waits is cancelled", async () => {
  const budget = createBudget(1);
  const first = await budget.acquire(1, never);
  const cancel = new AbortController();
  const second = budget.acquire(1, cancel.signal);
  let third: Share | undefined;
  const waiting = budget.acquire(1, never).then((share) => (third = share));
  cancel.abort();
  await expect(second).rejects.toMatchObject({ name: "AbortError" });
  expect(third).toBeUndefined();
  first.release();
  first.release();
  await waiting;
  const fourth = budget.acquire(1, never);
  third?.release();
  (await fourth).release();
});
