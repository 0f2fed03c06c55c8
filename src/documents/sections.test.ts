import { expect, it } from "vitest";
import { embedsOf, sectionRange } from "./sections.ts";

const heading = (level: number, anchor: string, line: number) => ({ level, anchor, line, text: anchor });
const facts = {
  headings: [heading(1, "top", 1), heading(2, "a", 3), heading(3, "deep", 5), heading(2, "b", 9)],
  blocks: [{ id: "quote", firstLine: 6, line: 7 }],
  references: [
    { form: "embed", target: "", anchor: "b", label: "", line: 4 },
    { form: "wikilink", target: "x", anchor: "", label: "", line: 5 },
    { form: "embed", target: "y", anchor: "", label: "", line: 9 },
  ],
} as const;

it.each([
  ["", 1, 12],
  ["top", 1, 12],
  ["a", 3, 8],
  ["deep", 5, 8],
  ["b", 9, 12],
  ["^quote", 6, 7],
])("[R40] %j reaches from line %i to line %i", (anchor, firstLine, lastLine) => {
  expect(sectionRange(facts, anchor, 12)).toEqual({ firstLine, lastLine });
});

it("[R40] knows no part that is not there", () => {
  expect(sectionRange(facts, "none", 12)).toBeUndefined();
  expect(sectionRange(facts, "^none", 12)).toBeUndefined();
});

it("[R41] gives a section only the embeds inside its own lines", () => {
  expect(embedsOf(facts, { firstLine: 3, lastLine: 8 }).map(({ anchor }) => anchor)).toEqual(["b"]);
  expect(embedsOf(facts, { firstLine: 1, lastLine: 12 })).toHaveLength(2);
});
