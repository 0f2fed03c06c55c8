import { useState, type ReactNode } from "react";
import type { RunRow } from "../../model/view-rows.ts";
import type { LiveView } from "../../session/contract.ts";
import { formatBytes } from "../format/bytes.ts";
import { formatCount } from "../format/count.ts";
import { formatDuration } from "../format/duration.ts";
import { formatTime } from "../format/time.ts";
import { useDerived } from "../live/use-live-view.ts";
import { useNow } from "../live/use-now.ts";
import { useViews } from "../session-context.ts";
import { isActive, phaseWords } from "./latest-run.ts";
import { RunTasks } from "./run-tasks.tsx";
import "./runs-panel.css";

/** The history of runs, the newest first. */
export function RunsPanel(): ReactNode {
  const runs = useDerived(useViews().run, newestFirst);
  if (runs.length === 0) {
    return (
      <div className="empty">
        <strong>No runs yet</strong>
        <p>Each build is listed here: what it did, what it could reuse, and where its time went.</p>
      </div>
    );
  }
  return (
    // The table may be wider than the screen; the focus lets the keyboard scroll it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="runs" tabIndex={0} role="region" aria-label="Runs">
      <table>
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Outcome</th>
            <th scope="col" className="runs-number">
              Built
            </th>
            <th scope="col" className="runs-number">
              Reused
            </th>
            <th scope="col" className="runs-number">
              Failed
            </th>
            <th scope="col" className="runs-number">
              Held back
            </th>
            <th scope="col" className="runs-number">
              Written
            </th>
            <th scope="col" className="runs-number">
              Took
            </th>
            <th scope="col">Phases</th>
            <th scope="col">Tasks</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <RunLine key={run.key} run={run} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function newestFirst(view: LiveView<RunRow>): readonly RunRow[] {
  return [...view.rows().values()].sort((a, b) => b.startedAt - a.startedAt);
}

function RunLine({ run }: { readonly run: RunRow }): ReactNode {
  const [open, setOpen] = useState(false);
  const when = formatTime(run.startedAt, useNow());
  return (
    <>
      <tr>
        <td className="numeric">{when}</td>
        <td>
          <span className="run-outcome" data-phase={run.phase}>
            {phaseWords[run.phase]}
          </span>
        </td>
        <td className="runs-number">{formatCount(run.built)}</td>
        <td className="runs-number">{formatCount(run.reused)}</td>
        <td className="runs-number">{formatCount(run.failed)}</td>
        <td className="runs-number">{formatCount(run.poisoned)}</td>
        <td className="runs-number">{formatBytes(run.bytesOut)}</td>
        <td className="runs-number">
          {isActive(run) ? "running" : formatDuration((run.endedAt ?? run.startedAt) - run.startedAt)}
        </td>
        <td>
          <PhaseBar phases={Object.entries(run.phaseMs)} />
        </td>
        <td>
          <button
            type="button"
            className="button"
            aria-expanded={open}
            aria-label={`Tasks of the run ${when}`}
            disabled={isActive(run)}
            onClick={() => setOpen(!open)}
          >
            Tasks
          </button>
        </td>
      </tr>
      {open && (
        <tr>
          <td colSpan={10}>
            <RunTasks runKey={run.key} />
          </td>
        </tr>
      )}
    </>
  );
}

/** The share of each phase as a bar, with the same in words for those who do not see it. */
function PhaseBar({
  phases,
}: {
  readonly phases: readonly (readonly [phase: string, ms: number])[];
}): ReactNode {
  const total = phases.reduce((sum, [, ms]) => sum + ms, 0);
  if (total === 0) return null;
  return (
    <div className="phase-bar">
      <div aria-hidden="true">
        {phases.map(([phase, ms]) => (
          <span key={phase} data-phase={phase} style={{ flexGrow: ms }} />
        ))}
      </div>
      <ul>
        {phases.map(([phase, ms]) => (
          <li key={phase} data-phase={phase}>
            {phase} <span className="numeric">{formatDuration(ms)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
