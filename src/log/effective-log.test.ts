import fc from "fast-check";
import { expect, it } from "vitest";
import { effectiveLog } from "./effective-log.ts";

const stream = (skips: readonly number[]) => skips.map((skip, index) => ({ index, skip }));
const remaining = (skips: readonly number[]) => effectiveLog(stream(skips)).map(({ index }) => index);

it.each([
  [[], []],
  [
    [0, 0, 0],
    [0, 1, 2],
  ],
  [
    [0, 0, 0, 2],
    [0, 3],
  ],
  [
    [0, 0, 0, 2, 0],
    [0, 3, 4],
  ],
  [
    [0, 0, 0, 2, 1],
    [0, 1, 2, 4],
  ],
  [[0, 0, 9], [2]],
  [[5], [0]],
])("[L6] keeps of skips %j the operations %j", (skips, expected) => {
  expect(remaining(skips)).toEqual(expected);
});

it("[L6] is what is left when every operation rewinds the state that it was appended to", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(4), { maxLength: 30 }), (skips) => {
      const states: (readonly number[])[] = [[]];
      for (const [index, skip] of skips.entries()) {
        states.push([...(states[Math.max(0, index - skip)] ?? []), index]);
      }
      expect(remaining(skips)).toEqual(states.at(-1));
    }),
  );
});

it("[L6] changes nothing of a stream without skips, however long", () => {
  const long = stream(Array.from({ length: 100_000 }, () => 0));
  expect(effectiveLog(long)).toEqual(long);
});
