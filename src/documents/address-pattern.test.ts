import fc from "fast-check";
import { expect, it } from "vitest";
import { matchesPattern } from "./address-pattern.ts";

/** The same with an expression that backtracks. */
function matchesSlowly(pattern: string, address: string): boolean {
  const source = pattern.replace(/\*\*|\*|[^*]/gu, (step) =>
    step === "**" ? "[^]*" : step === "*" ? "[^/]*" : step.replace(/[\\^$.+?()[\]{}|/]/gu, "\\$&"),
  );
  return new RegExp(`^${source}$`, "u").test(address);
}

it.each([
  ["https://img.shields.io/**", "https://img.shields.io/badge/a.svg", true],
  ["https://img.shields.io/*", "https://img.shields.io/badge/a.svg", false],
  ["https://*/logo.png", "https://example.org/logo.png", true],
  ["**.svg", "https://example.org/a/b.svg", true],
  ["https://example.org/a.b", "https://example.org/axb", false],
  ["", "", true],
])("[R54] %s and %s: %s", (pattern, address, fits) => {
  expect(matchesPattern(pattern, address)).toBe(fits);
});

it("[R54] fits what an expression of the same meaning fits", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "/", "*", ".", "😀"), maxLength: 8 });
  fc.assert(
    fc.property(text, text, (pattern, address) => {
      expect(matchesPattern(pattern, address)).toBe(matchesSlowly(pattern, address));
    }),
    { numRuns: 5000 },
  );
});

it("[R54] takes no longer for a pattern that would make an expression backtrack", () => {
  const started = performance.now();
  expect(matchesPattern("**a".repeat(60), "a".repeat(2000))).toBe(true);
  expect(matchesPattern(`${"**a".repeat(60)}b`, "a".repeat(2000))).toBe(false);
  expect(performance.now() - started).toBeLessThan(2000);
});
