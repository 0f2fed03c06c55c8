import type { Fault } from "../base/fault.ts";
import type { Changes, Row } from "./row.ts";

/**
 * What became of a part of a plan in one step:
 * - `changes`: its rows changed like this; never an empty list
 * - `reset`: it holds these rows now, whatever was told before; they come in its order if it has one
 * - `fault`: it could not be computed, and holds nothing until its inputs change and a reset is told
 */
export type Outcome =
  | { readonly type: "changes"; readonly changes: Changes }
  | { readonly type: "reset"; readonly rows: readonly Row[] }
  | { readonly type: "fault"; readonly fault: Fault };

/** The fault of a part whose operator threw. */
export function operatorFault(step: string, error: unknown): Fault {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    code: "view-failed",
    severity: "error",
    message: `A view could not be computed: its step ${step} failed with "${reason}".`,
    remedy: "Change the row that it failed at. The view is then computed from scratch.",
  };
}
