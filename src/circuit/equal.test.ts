import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { expect, it } from "vitest";
import { isEqual } from "./equal.ts";

/** Little variety, so that equal values come up often. */
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom<unknown>(null, undefined, 0, 1, NaN, "", "a", true),
    fc.array(tie("value"), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom("a", "b", "__proto__", "hasOwnProperty", "0"), tie("value"), {
      maxKeys: 2,
      noNullPrototype: true,
    }),
  ),
}));

it("[C3] agrees with Node's own deep comparison", () => {
  fc.assert(
    fc.property(value, value, (a, b) => {
      expect(isEqual(a, b)).toBe(isDeepStrictEqual(a, b));
      expect(isEqual(a, structuredClone(a))).toBe(true);
    }),
    { numRuns: 5000 },
  );
});
