import fc from "fast-check";
import { expect, it } from "vitest";
import { ExactSum } from "./exact-sum.ts";
import { nearest, rational } from "./rational.test-kit.ts";

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const terms = fc.oneof(
  finite,
  fc.integer({ min: -1000, max: 1000 }),
  fc.integer({ min: -1000, max: 1000 }).map((cents) => cents / 100),
  fc.constantFrom(
    1e308,
    -1e308,
    Number.MAX_VALUE,
    -Number.MAX_VALUE,
    2 ** 53,
    2 ** 900,
    5e-324,
    2 ** -60,
    1,
    2 ** 970,
  ),
);
const plain = (value: number): number => (value === 0 ? 0 : value);

it("[CS1] is the nearest number to the exact sum of what is left, whatever came and went", () => {
  fc.assert(
    fc.property(fc.array(terms, { maxLength: 12 }), fc.array(terms, { maxLength: 8 }), (kept, passing) => {
      const sum = new ExactSum();
      for (const term of [...passing, ...kept]) sum.add(term);
      for (const term of passing.toReversed()) sum.add(-term);
      expect(sum.round()).toBe(nearest(rational(kept.map(plain)), 1n));
      const divisor = Math.max(kept.length, 1);
      expect(sum.roundQuotient(divisor)).toBe(nearest(rational(kept.map(plain)), BigInt(divisor)));
    }),
    { numRuns: 1000 },
  );
});

it("[CS1] rounds ties to the even number, and averages that have no number of their own", () => {
  const sum = (...all: readonly number[]): ExactSum => {
    const made = new ExactSum();
    for (const term of all) made.add(term);
    return made;
  };
  expect(sum(2 ** 53, 1).round()).toBe(2 ** 53);
  expect(sum(2 ** 53, 1, 2 ** -1074).round()).toBe(2 ** 53 + 2);
  expect(sum(...Array<number>(10).fill(0.1)).round()).toBe(1);
  expect(sum(1e308, 1e308).round()).toBeNull();
  expect(sum(1e308, 1e308).roundQuotient(2)).toBe(1e308);
  expect(sum(5e-324).roundQuotient(2)).toBe(0);
  expect(sum(-5e-324).roundQuotient(2)).toBe(0);
  expect(sum(Number.MAX_VALUE, 2 ** 969).round()).toBe(Number.MAX_VALUE);
  expect(sum(Number.MAX_VALUE, 2 ** 970).round()).toBeNull();
});
