import { Buffer } from "node:buffer";
import fc from "fast-check";
import { expect, it } from "vitest";
import { compareNames } from "./byte-order.ts";

it("orders as a comparison of the UTF-8 bytes does", () => {
  const text = fc.string({ unit: "binary" });
  fc.assert(
    fc.property(text, text, (a, b) => {
      const bytes = Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      expect(Math.sign(compareNames(a, b))).toBe(bytes);
    }),
    { numRuns: 2000 },
  );
});
