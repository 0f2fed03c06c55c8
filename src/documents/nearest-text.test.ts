import fc from "fast-check";
import { expect, it } from "vitest";
import type { ProjectPath } from "../base/project-path.ts";
import type { DocumentFacts, Heading } from "../model/facts.ts";
import { editDistance } from "./edit-distance.ts";
import { nearestPart, nearestText } from "./nearest-text.ts";
import { scanDocument } from "./scan-document.ts";
import { indexSlips, slipsOf } from "./single-slips.ts";

const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 7 });

it("[R28] suggests the first of the names that are fewest letters away, up to a third of the letters", () => {
  fc.assert(
    fc.property(fc.array(word, { maxLength: 8 }), word, (names, wanted) => {
      const distances = names.map((name) => editDistance(name, wanted, Infinity));
      const least = Math.min(...distances);
      const expected = least <= wanted.length / 3 ? names[distances.indexOf(least)] : undefined;
      expect(nearestText(names, wanted)).toBe(expected);
    }),
    { numRuns: 1000 },
  );
});

function factsOf(headings: number): DocumentFacts {
  const text = Array.from({ length: headings }, (_, i) => `## Section ${i * 7} of the manual\n`).join("\n");
  const { facts } = scanDocument("manual.md" as ProjectPath, text);
  if (facts.type !== "document") throw new Error("Markdown is a document");
  return facts;
}

it.each([
  [40, "Sectoin 70 of teh manual", "Section 70 of the manual"],
  [2000, "Sectoin 7007 of the manual", "Section 7007 of the manual"],
  [2000, "section-7007-of-the-manul", "section-7007-of-the-manual"],
  [2000, "Sectoin 7007 of teh manual", undefined],
  [2000, "Something else", undefined],
])("[R38] of %i headings the nearest to %j is %j", (headings, wanted, expected) => {
  expect(nearestPart(factsOf(headings), wanted)).toBe(expected);
});

it("[R38] looks at each heading of a document once, however many references to it are broken", () => {
  let steps = 0;
  const facts = factsOf(500);
  const headings = facts.headings.map((heading): Heading => {
    const counted = (key: "text" | "anchor") => ({
      enumerable: true,
      get: () => {
        steps++;
        return heading[key];
      },
    });
    return Object.defineProperties({ ...heading }, { text: counted("text"), anchor: counted("anchor") });
  });
  const watched = { ...facts, headings };
  for (let i = 0; i < 500; i++) nearestPart(watched, `Nothing like it ${i}`);
  expect(steps).toBe(2 * headings.length);
});

it("[R38] compares with a few names where very many differ in the same letter alone", () => {
  const names = Array.from({ length: 3000 }, (_, i) => `chapter ${String.fromCodePoint(0x4e00 + i)}`);
  const slips = slipsOf(indexSlips(names), "chapter x");
  expect(slips.length).toBeGreaterThan(0);
  expect(slips.length).toBeLessThan(100);
});
