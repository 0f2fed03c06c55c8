import type { Fault } from "../base/fault.ts";
import type { ProjectPath } from "../base/project-path.ts";
import { compareNames } from "../base/byte-order.ts";

/** A fault with its place in the folder. */
export type Problem = Fault & {
  readonly path: ProjectPath;
  /** 1-based, or `null` when the fault is of the whole file. */
  readonly line: number | null;
};

/** Problems in the order in which they are shown: by path, then line, then code, then text. */
export function compareProblems(a: Problem, b: Problem): number {
  return (
    compareNames(a.path, b.path) ||
    (a.line ?? 0) - (b.line ?? 0) ||
    compareNames(a.code, b.code) ||
    compareNames(a.message, b.message)
  );
}
