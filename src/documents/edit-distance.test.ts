import fc from "fast-check";
import { expect, it } from "vitest";
import { editDistance } from "./edit-distance.ts";

/** The slow twin: Levenshtein's own definition, over what is left of both words. */
function slowDistance(a: string, b: string): number {
  if (a === "" || b === "") return a.length + b.length;
  if (a[0] === b[0]) return slowDistance(a.slice(1), b.slice(1));
  const [left, right] = [a.slice(1), b.slice(1)];
  return 1 + Math.min(slowDistance(left, b), slowDistance(a, right), slowDistance(left, right));
}

const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 6 });

it("[R28] counts the letters that differ, up to a limit", () => {
  fc.assert(
    fc.property(word, word, fc.integer({ min: -1, max: 7 }), (a, b, limit) => {
      const distance = slowDistance(a, b);
      expect(editDistance(a, b, limit)).toBe(distance <= limit ? distance : Infinity);
    }),
    { numRuns: 2000 },
  );
});
