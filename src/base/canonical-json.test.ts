import fc from "fast-check";
import { expect, it } from "vitest";
import { canonicalJson } from "./canonical-json.ts";

/** The same value with the keys of every object in the opposite order. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, part]) => [key, turned(part)]),
  );
}

it("gives the same text in whatever order the keys were written", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(canonicalJson(turned(value))).toBe(canonicalJson(value));
    }),
  );
});

it("says all of the value and nothing else", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const said = JSON.stringify(value);
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(said));
      expect(canonicalJson(value)).toHaveLength(said.length);
    }),
  );
});

it("orders keys at every depth, and leaves lists as they are", () => {
  expect(canonicalJson({ b: [{ d: 1, c: 2 }, "a"], a: { "10": 0, "9": null, "": true } })).toBe(
    '{"a":{"9":null,"10":0,"":true},"b":[{"c":2,"d":1},"a"]}',
  );
});
