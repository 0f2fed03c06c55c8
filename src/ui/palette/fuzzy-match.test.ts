import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bestMatches, matchScore } from "./fuzzy-match.ts";

const same = (text: string) => text;

describe("matchScore", () => {
  it("fits exactly the texts that hold the letters in order", () => {
    const word = fc.stringMatching(/^[abc/]{0,6}$/);
    fc.assert(
      fc.property(word, word, (query, text) => {
        const inOrder = new RegExp(query.split("").join(".*")).test(text);
        expect(matchScore(query, text) !== undefined).toBe(inOrder);
      }),
    );
  });
});

describe("bestMatches", () => {
  it("puts the start of a file name first, then inside it, then the folder, then scattered letters", () => {
    const texts = ["i/n/s/t.md", "install/a.md", "a/reinstall.md", "guide/install.md"];
    expect(bestMatches(texts, "inst", same, 9)).toEqual([
      "guide/install.md",
      "a/reinstall.md",
      "install/a.md",
      "i/n/s/t.md",
    ]);
  });

  it("ignores case, spaces around and spaces between", () => {
    expect(bestMatches(["Export as a ZIP file"], " exp zip ", same, 9)).toEqual(["Export as a ZIP file"]);
  });

  it("gives no more than asked for, and everything for no letters", () => {
    expect(bestMatches(["b", "a", "c"], "", same, 2)).toEqual(["a", "b"]);
    expect(bestMatches(["b"], "x", same, 2)).toEqual([]);
  });
});
