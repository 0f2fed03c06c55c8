import fc from "fast-check";
import { expect, it } from "vitest";
import { asResourceId } from "../model/ids.ts";
import { hasSameText, reuseTargets } from "./reuse-targets.ts";
import type { Target } from "./target.ts";

/** Little variety, so that equal values come up often. */
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom<unknown>(null, 0, 1, "", "a", true),
    fc.array(tie("value"), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom("a", "b", "c"), tie("value"), { maxKeys: 2, noNullPrototype: true }),
  ),
}));

it("[E18] takes two values for the same exactly when their JSON is", () => {
  fc.assert(
    fc.property(value, value, (a, b) => {
      expect(hasSameText(a, b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      expect(hasSameText(a, structuredClone(a))).toBe(true);
    }),
    { numRuns: 5000 },
  );
});

it("[E18] keeps what is equal by identity, and nothing of what is not", () => {
  const id = asResourceId("feed:x");
  const make = (emit: object) =>
    new Map([[id, { id, kind: "feed", sitePath: null, inputs: ["file:a"], emit } as unknown as Target]]);
  fc.assert(
    fc.property(value, value, (a, b) => {
      const last = make({ a });
      const next = make({ a: b });
      const reused = reuseTargets(last, next).get(id)!;
      expect(reused).toEqual(next.get(id));
      expect(reused === last.get(id)).toBe(JSON.stringify(a) === JSON.stringify(b));
      expect(reused.inputs).toBe(last.get(id)!.inputs);
    }),
  );
});
