import type { ReactNode } from "react";
import type { RunRow } from "../../model/view-rows.ts";
import type { SessionState } from "../../session/contract.ts";
import { countOf } from "../format/count.ts";
import { describeRun, isActive, phaseWords, useLatestRun } from "../runs/latest-run.ts";
import { RunOutcome } from "../runs/run-outcome.tsx";
import { useSession, useSessionState } from "../session-context.ts";
import { Icon } from "../icons/icon.tsx";
import "./run-status.css";

/** What the newest run is doing or did, its progress bar, and the way to stop it. */
export function RunStatus(): ReactNode {
  const run = useLatestRun();
  const { intake, role, project } = useSessionState();
  if (intake !== null) {
    return (
      <div className="run-status" role="status">
        <strong className="run-outcome">Reading {intake.name}</strong>
        <span className="numeric">{countOf(intake.found, "file")}</span>
      </div>
    );
  }
  if (run === undefined) {
    return <div className="run-status">{wordsWithoutRun(role, project)}</div>;
  }
  return (
    <div className="run-status">
      <p className="run-words numeric">
        <strong>
          <RunOutcome phase={run.phase} />
        </strong>
        {describeRun(run).map((part) => (
          <span key={part.replace(/^[\d,./ ]+/, "")}>{part}</span>
        ))}
      </p>
      {isActive(run) && <CancelButton />}
      <RunBar run={run} />
      <RunAnnouncer run={run} />
    </div>
  );
}

function wordsWithoutRun(role: SessionState["role"], project: SessionState["project"]): string {
  if (role === "starting") return "Starting the engine";
  return project?.origin === "import" ? "Choose its folder to go on building" : "Not built yet";
}

function CancelButton(): ReactNode {
  const session = useSession();
  return (
    <button type="button" className="button run-cancel" onClick={() => void session.cancel()}>
      <Icon name="stop" size={12} />
      Cancel
    </button>
  );
}

function RunBar({ run }: { readonly run: RunRow }): ReactNode {
  if (!isActive(run)) return null;
  const share = run.total === 0 ? 0 : run.settled / run.total;
  const known = run.total > 0;
  return (
    <div
      className="run-bar"
      role="progressbar"
      aria-label="Build progress"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={known ? Math.round(share * 100) : undefined}
      aria-valuetext={`${phaseWords[run.phase]}, ${describeRun(run).join(", ")}`}
      data-known={known}
    >
      <div style={{ transform: `scaleX(${share})` }} />
    </div>
  );
}

/** Says each phase and each quarter once, so that a screen reader is not flooded. */
function RunAnnouncer({ run }: { readonly run: RunRow }): ReactNode {
  const quarter = run.total === 0 ? 0 : Math.floor((run.settled / run.total) * 4) * 25;
  const words = isActive(run)
    ? `${phaseWords[run.phase]}${quarter > 0 ? `, ${quarter}%` : ""}`
    : `${phaseWords[run.phase]}: ${describeRun(run).join(", ")}`;
  return (
    <span className="visually-hidden" role="status">
      {words}
    </span>
  );
}
