import type { Severity } from "../../base/fault.ts";
import { compareNames } from "../../base/byte-order.ts";
import type { ProblemRow } from "../../model/view-rows.ts";

/** A line of the list: the head of a group, or a problem of it. */
export type ProblemLine =
  /** `count` is `null` where all problems of the severity are in the group, which the engine counts. */
  | { readonly type: "group"; readonly severity: Severity; readonly count: number | null }
  | { readonly type: "problem"; readonly problem: ProblemRow };

export const severities: readonly Severity[] = ["error", "warning", "info"];

export type ProblemFilter = {
  /** A part of the path, message or remedy, in any case. */
  readonly text: string;
  /** `null` shows every severity. */
  readonly severity: Severity | null;
};

/** The problems that pass, worst group first, each group by path, line, code and message. Cost: one sort. */
export function problemLines(problems: Iterable<ProblemRow>, filter: ProblemFilter): readonly ProblemLine[] {
  const isSearched = filter.text.trim() !== "";
  const passed = [...problems].filter((problem) => passes(problem, filter)).sort(compareProblemRows);
  return severities.flatMap((severity): readonly ProblemLine[] => {
    const group = passed.filter((problem) => problem.severity === severity);
    if (group.length === 0) return [];
    const lines = group.map((problem) => ({ type: "problem", problem }) as const);
    return [{ type: "group", severity, count: isSearched ? group.length : null }, ...lines];
  });
}

function passes(problem: ProblemRow, filter: ProblemFilter): boolean {
  if (filter.severity !== null && problem.severity !== filter.severity) return false;
  const text = filter.text.trim().toLowerCase();
  if (text === "") return true;
  return `${problem.path}\n${problem.message}\n${problem.remedy}`.toLowerCase().includes(text);
}

function compareProblemRows(a: ProblemRow, b: ProblemRow): number {
  return (
    compareNames(a.path, b.path) ||
    (a.line ?? 0) - (b.line ?? 0) ||
    compareNames(a.code, b.code) ||
    compareNames(a.message, b.message) ||
    compareNames(a.key, b.key)
  );
}
