import fc from "fast-check";
import { expect, it } from "vitest";
import { leastSubset } from "./least-subset.ts";

const items = Array.from({ length: 12 }, (_, i) => i);
/** Groups of items; a part suffices when it holds all of some group. */
const groups = fc.array(fc.uniqueArray(fc.nat(11), { minLength: 1, maxLength: 5 }), { maxLength: 4 });

it("[E76] keeps of what suffices no item that could be left out", () => {
  fc.assert(
    fc.property(groups, fc.array(fc.nat(4095)), (all, odd) => {
      // Besides, some parts suffice for no reason at all, so that more does not always mean better.
      const bits = (part: readonly number[]) => part.reduce((sum, item) => sum + 2 ** item, 0);
      const suffices = (part: readonly number[]) =>
        part.length === items.length ||
        odd.includes(bits(part)) ||
        all.some((group) => group.every((item) => part.includes(item)));
      const least = leastSubset(items, suffices);
      expect(suffices(least)).toBe(true);
      for (const left of least) expect(suffices(least.filter((item) => item !== left))).toBe(false);
      expect([...least].sort((a, b) => a - b)).toEqual(least);
    }),
  );
});

it("[E76] asks few questions for few of many items, and no more than it may", () => {
  const many = Array.from({ length: 10_000 }, (_, i) => i);
  let asked = 0;
  const suffices = (part: readonly number[]) => {
    asked++;
    return part.includes(17) && part.includes(9_000);
  };
  expect(leastSubset(many, suffices)).toEqual([17, 9_000]);
  expect(asked).toBeLessThan(100);
  asked = 0;
  const some = leastSubset(many, suffices, 12);
  expect(asked).toBe(12);
  expect(some).toContain(17);
  expect(some.length).toBeLessThan(many.length);
});
