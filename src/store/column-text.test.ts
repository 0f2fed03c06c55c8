import fc from "fast-check";
import { expect, it } from "vitest";
import { fromColumn, quoted, toColumn } from "./column-text.ts";

/** Any sequence of UTF-16 units, halves of pairs, NUL and the mark itself among them. */
const name = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.constantFrom(0, 0xffff, 0xd800, 0xdc00, 0x41)))
  .map((units) => String.fromCharCode(...units));

it("[S5] writes any string as text that Postgres can hold, and reads it back", () => {
  fc.assert(
    fc.property(name, (text) => {
      const column = toColumn(text);
      expect(column).not.toContain("\0");
      expect(new TextDecoder().decode(new TextEncoder().encode(column))).toBe(column);
      expect(fromColumn(column)).toBe(text);
    }),
    { numRuns: 2000 },
  );
});

it("[S5] leaves ordinary names as they are", () => {
  expect(toColumn("file:Über uns/🌍 it's.md")).toBe("file:Über uns/🌍 it's.md");
});

it("[S5] quotes a text so that it cannot end its own literal", () => {
  expect(quoted("a'; DROP TABLE x; --\\")).toBe("'a''; DROP TABLE x; --\\'");
});
