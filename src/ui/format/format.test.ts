import { describe, expect, it } from "vitest";
import { formatBytes } from "./bytes.ts";
import { countOf, formatCount } from "./count.ts";
import { formatDuration } from "./duration.ts";
import { formatAgo } from "./time.ts";

describe("formatBytes", () => {
  it.each([
    [0, "0 B"],
    [532, "532 B"],
    [999, "999 B"],
    [1000, "1.0 kB"],
    [9949, "9.9 kB"],
    [9990, "10 kB"],
    [999_400, "999 kB"],
    [999_600, "1.0 MB"],
    [14_200_000, "14 MB"],
    [3_000_000_000_000_000, "3000 TB"],
  ])("writes %d as %s", (bytes, text) => expect(formatBytes(bytes)).toBe(text));
});

describe("formatDuration", () => {
  it.each([
    [0.42, "0.4 ms"],
    [9.96, "10 ms"],
    [38.2, "38 ms"],
    [999.6, "1.0 s"],
    [12_300, "12 s"],
    [59_600, "1 min"],
    [200_000, "3 min 20 s"],
    [7_500_000, "2 h 5 min"],
  ])("writes %d as %s", (ms, text) => expect(formatDuration(ms)).toBe(text));
});

describe("counts and ages", () => {
  it("groups digits and chooses the plural", () => {
    expect(formatCount(1234567)).toBe("1,234,567");
    expect(countOf(1, "file")).toBe("1 file");
    expect(countOf(0, "file")).toBe("0 files");
    expect(countOf(2, "copy", "copies")).toBe("2 copies");
  });

  it.each([
    [5_000, "just now"],
    [45_000, "45 seconds ago"],
    [180_000, "3 minutes ago"],
    [86_400_000 * 1.2, "yesterday"],
    [86_400_000 * 400, "last year"],
    [-5_000, "just now"],
  ])("calls an age of %d ms %s", (age, text) => expect(formatAgo(1e12, 1e12 + age)).toBe(text));
});
