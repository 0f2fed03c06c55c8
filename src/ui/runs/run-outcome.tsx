import type { ReactNode } from "react";
import type { RunPhase } from "../../model/view-rows.ts";
import { phaseWords } from "./latest-run.ts";
import "./run-outcome.css";

/** What a run is doing or how it ended, in words and with a mark. */
export function RunOutcome({ phase }: { readonly phase: RunPhase }): ReactNode {
  return (
    <span className="run-outcome" data-phase={phase}>
      {phaseWords[phase]}
    </span>
  );
}
