import fc from "fast-check";
import { expect, it } from "vitest";
import { createAnchors } from "./anchors.ts";
import { headingText } from "./heading-text.ts";

it.each([
  ["Intro", "Intro"],
  ["`code` and *stars* and __bold__", "code and stars and bold"],
  ["snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"],
  ["[text](a.md) and ![alt](b.png)", "text and alt"],
  ['[text](<a (b).md> "t") [ref][id]', "text ref"],
  ["[[note#part|Label]] and [[other]]", "Label and other"],
  ["a <b class='x'>b</b> &amp; &eacute; \\* c", "a b & é * c"],
  ["<https://a.example/x> footnote[^1]", "https://a.example/x footnote"],
  ["[ ] open ~~gone~~ ==marked==", "[ ] open gone marked"],
  ["**bold *both***", "bold both"],
])("[R3] reads the heading %j as %j", (source, text) => {
  expect(headingText(source)).toBe(text);
});

it("[R3] numbers equal headings in document order and never gives an empty anchor", () => {
  const anchors = createAnchors();
  const given = ["Intro", "*Intro*", "intro-1", "!!!", "🎉"].map((source) => anchors.ofHeading(source));
  expect(given).toEqual(["intro", "intro-1", "intro-1-1", "section", "section-1"]);
});

it("[R3] gives unique anchors whatever the headings are", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: fc.constantFrom("a", "-", "1", " ", "*", "[", "]", "(", ")", "`") })),
      (sources) => {
        const anchors = createAnchors();
        const given = sources.map((source) => anchors.ofHeading(source));
        expect(new Set(given).size).toBe(given.length);
        expect(given).not.toContain("");
      },
    ),
  );
});

// Work that grows with the square of the length would take longer than a test may.
it("[R3] reads hostile headings to their end, however long they are", () => {
  for (const part of ["[", "`", "``a`", "[[", "](a", "_a *", "*a_ ", "<a ", "![", "[^", "&", "a](b)"]) {
    const [short = 0, long = 0, longest = 0] = [100_000, 200_000, 300_000].map(
      (count) => headingText(part.repeat(count)).length,
    );
    expect(short).toBeGreaterThan(50_000);
    expect(longest - long).toBe(long - short);
  }
});
