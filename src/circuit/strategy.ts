import { unreachable } from "../base/invariant.ts";
import type { Plan } from "./plan.ts";

/**
 * How a part keeps its rows true:
 * - `FullRecompute`: whenever an input changed, from all rows of its inputs
 * - `Incremental`: from the changes of its inputs
 * - `IncrementalSorted`: from the changes of its inputs, in an order that it keeps
 *
 * All three give the same rows and tell the same changes.
 */
export type Strategy = "FullRecompute" | "Incremental" | "IncrementalSorted";

/**
 * The strategy for a plan's last step, by rules of the plan alone: a step that holds rows is recomputed if no input of it can
 * have more than one row, so that any change is one of all that there is; else it is sorted if it has an order. A step that
 * holds nothing is always incremental. (Measured with inputs of 4 to 16 rows of which one changes: to recompute takes
 * mostly 2 to 10 times as long.)
 */
export function chooseStrategy(plan: Plan): Strategy {
  switch (plan.type) {
    case "scan":
    case "filter":
    case "map":
    case "project":
    case "union":
      return "Incremental";
    case "group":
    case "distinct":
      return hasOneRow(plan.of) ? "FullRecompute" : "Incremental";
    case "join":
      return hasOneRow(plan.left) && hasOneRow(plan.right) ? "FullRecompute" : "Incremental";
    case "window":
      return hasOneRow(plan.of) ? "FullRecompute" : "IncrementalSorted";
    case "nest":
      return hasOneRow(plan.of) && hasOneRow(plan.child) ? "FullRecompute" : "IncrementalSorted";
    default:
      return unreachable(plan);
  }
}

/** Whether a plan says that it has one row at the most. */
function hasOneRow(plan: Plan): boolean {
  switch (plan.type) {
    case "scan":
    case "union":
      return false;
    case "filter":
    case "map":
    case "project":
    case "distinct":
    case "nest":
      return hasOneRow(plan.of);
    case "group":
      return plan.by.length === 0 || hasOneRow(plan.of);
    case "window":
      return (plan.limit !== null && plan.limit <= 1) || hasOneRow(plan.of);
    case "join":
      return hasOneRow(plan.left) && (plan.kind === "semi" || hasOneRow(plan.right));
    default:
      return unreachable(plan);
  }
}

/** Fewer changes than these are never met by a recomputation. */
const fewChanges = 32;

/**
 * Whether a batch with so many changes is better met by a recomputation from so many rows. Measured with 20,000 rows: from half
 * of them on for `nest`, from two to three quarters on for the others, where it is up to 4 times as fast; never for joins
 * and for windows without a limit, whose rows are as many as their inputs'.
 */
export function isRecomputationCheaper(plan: Plan, changes: number, rows: () => number): boolean {
  return changes >= fewChanges && changes > rows() * shareWorthRecomputing(plan);
}

function shareWorthRecomputing(plan: Plan): number {
  switch (plan.type) {
    case "group":
    case "distinct":
      return 0.65;
    case "window":
      return plan.limit === null ? Infinity : 0.75;
    case "nest":
      return 0.5;
    default:
      return Infinity;
  }
}
