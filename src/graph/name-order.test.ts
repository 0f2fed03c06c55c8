import fc from "fast-check";
import { expect, it } from "vitest";
import { compareNames } from "../base/byte-order.ts";
import { orderByName } from "./name-order.ts";

const slowOrder = (names: readonly string[]) =>
  [...names.keys()].sort((a, b) => compareNames(names[a]!, names[b]!) || a - b);

/** Names that share long beginnings, are beginnings of each other, are equal, or hold NUL and lone surrogates. */
const hostile = fc.oneof(
  fc.array(fc.constantFrom("a", "b", "\0", "\u{7f}", "\u{80}", "é", "\u{ffff}", "😀", "\ud800", "\udfff"), {
    maxLength: 6,
  }),
  fc.array(fc.constantFrom("page:docs/", "section/", "a", "b", ".md", "\0"), { maxLength: 5 }),
  fc.array(fc.string({ unit: "binary", maxLength: 3 }), { maxLength: 3 }),
);

const names = fc.array(
  hostile.map((parts) => parts.join("")),
  { maxLength: 60, size: "max" },
);

it("[G21] orders names as a comparison sort does", () => {
  fc.assert(
    fc.property(names, (list) => {
      expect([...orderByName(list)]).toEqual(slowOrder(list));
    }),
    { numRuns: 2000 },
  );
});

it("[G21] orders ASCII names", () => {
  const ascii = fc.array(fc.string({ unit: fc.constantFrom("a", "b", "/", "\0", "\u{7f}"), maxLength: 12 }), {
    maxLength: 80,
    size: "max",
  });
  fc.assert(
    fc.property(ascii, (list) => {
      expect([...orderByName(list)]).toEqual(slowOrder(list));
    }),
    { numRuns: 1000 },
  );
});

it("[G21] orders many names with long common beginnings", () => {
  const list = Array.from(
    { length: 20_000 },
    (_, i) => `page:docs/${(i * 7919) % 500}/part-${(i * 31) % 8009}.md`,
  );
  expect([...orderByName(list)]).toEqual(slowOrder(list));
});

it("[G22] orders 1,000,000 names", () => {
  const list = Array.from({ length: 1_000_000 }, (_, i) => `page:${(i * 7919) % 1_000_003}`);
  const order = orderByName(list);
  const isAscending = (_: number, i: number) =>
    i === 0 || compareNames(list[order[i - 1]!]!, list[order[i]!]!) < 0;
  expect(order.every(isAscending)).toBe(true);
}, 60_000);
