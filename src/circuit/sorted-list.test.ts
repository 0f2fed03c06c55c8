import fc from "fast-check";
import { expect, it } from "vitest";
import { byValue } from "./ordering.ts";
import type { Value } from "./row.ts";
import { SortedList } from "./sorted-list.ts";

/** Enough items for many chunks, so close together that some are met again. */
const items = fc.integer({ min: 0, max: 700 });
const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ add: items }) },
    { weight: 2, arbitrary: fc.record({ remove: items }) },
    { weight: 1, arbitrary: fc.constantFrom("takeFirst" as const, "takeLast" as const) },
  ),
  { minLength: 0, maxLength: 1500, size: "max" },
);

it("[CO1] keeps items in order through whatever comes and goes", () => {
  fc.assert(
    fc.property(fc.array(items, { maxLength: 600, size: "max" }), steps, (start, stream) => {
      const list = new SortedList<Value>(byValue, start);
      const plain = [...start].sort((a, b) => a - b);
      for (const step of stream) {
        if (step === "takeFirst") expect(list.takeFirst()).toBe(plain.shift());
        else if (step === "takeLast") expect(list.takeLast()).toBe(plain.pop());
        else if ("add" in step) {
          list.add(step.add);
          plain.splice(plain.filter((item) => item < step.add).length, 0, step.add);
        } else {
          const at = plain.indexOf(step.remove);
          expect(list.replace(step.remove)).toBe(plain[at]);
          expect(list.remove(step.remove)).toBe(at < 0 ? undefined : plain.splice(at, 1)[0]);
        }
        expect([list.size, list.first, list.last]).toEqual([plain.length, plain[0], plain.at(-1)]);
      }
      expect([...list]).toEqual(plain);
      for (const limit of [0, 1, 64, 65, 300, Infinity])
        expect(list.head(limit)).toEqual(plain.slice(0, limit));
    }),
    { numRuns: 60, endOnFailure: true },
  );
});

it("[CO1] finds each of several equal items, also where those after a separator are gone", () => {
  // Two chunks of 64: the first ends with two fives, the second begins with one.
  const some = [...Array<number>(62).fill(1), 5, 5, 5, ...Array<number>(63).fill(6)];
  const list = new SortedList<Value>(byValue, some);
  expect([list.remove(5), list.replace(5), list.remove(5), list.remove(5), list.remove(5)]).toEqual([
    5,
    5,
    5,
    5,
    undefined,
  ]);
  expect([...list]).toEqual(some.filter((item) => item !== 5));
});
