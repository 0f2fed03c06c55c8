import { describe, expect, it } from "vitest";
import type { ProblemRow } from "../../model/view-rows.ts";
import { problemLines } from "./problem-list.ts";

const problem = (key: string, severity: ProblemRow["severity"], path: string, line: number): ProblemRow => ({
  key,
  severity,
  code: "reference-broken",
  path,
  line,
  message: `message ${key}`,
  remedy: `remedy ${key}`,
});

const all = [
  problem("1", "info", "a.md", 1),
  problem("2", "error", "b.md", 10),
  problem("3", "error", "b.md", 9),
  problem("4", "warning", "a.md", 2),
];

const said = (text: string, severity: ProblemRow["severity"] | null = null) =>
  problemLines(all, { text, severity }).map((line) =>
    line.type === "group" ? `${line.severity} ${line.count ?? "all"}` : line.problem.key,
  );

describe("problemLines", () => {
  it("groups by severity, worst first, and orders by file and line as a number", () => {
    expect(said("")).toEqual(["error all", "3", "2", "warning all", "4", "info all", "1"]);
  });

  it("filters by file, message and remedy in any case, and by severity", () => {
    expect(said("A.MD")).toEqual(["warning 1", "4", "info 1", "1"]);
    expect(said(" ", "error")).toEqual(["error all", "3", "2"]);
    expect(said("message 2")).toEqual(["error 1", "2"]);
    expect(said("Remedy 3")).toEqual(["error 1", "3"]);
    expect(said("", "warning")).toEqual(["warning all", "4"]);
    expect(said("a.md", "error")).toEqual([]);
  });
});
