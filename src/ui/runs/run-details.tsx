import type { ReactNode } from "react";
import { asJobId } from "../../model/ids.ts";
import type { RunRow } from "../../model/view-rows.ts";
import type { RunTasks } from "../../model/wire.ts";
import { NodeName } from "../diagnostics/name-list.tsx";
import { formatTime } from "../format/time.ts";
import { Icon } from "../icons/icon.tsx";
import { useNow } from "../live/use-now.ts";
import { useSession } from "../session-context.ts";
import { RunTimeline } from "../timeline/run-timeline.tsx";
import { isActive, useLatestRun } from "./latest-run.ts";
import { PhaseBar } from "./phase-bar.tsx";
import { tookWords } from "./run-list.tsx";
import { RunOutcome } from "./run-outcome.tsx";
import { TaskTable } from "./task-table.tsx";
import { useHasFailures } from "./use-failures.ts";
import { useRunTasks, useTasksSoFar } from "./use-run-tasks.ts";

/** One run: where its time went, which worker did what, and its tasks in words. */
export function RunDetails({ run }: { readonly run: RunRow }): ReactNode {
  const when = formatTime(run.startedAt, useNow());
  const tasks = useRunTasks(run.key, !isActive(run));
  return (
    // It may be longer than the screen; the focus lets the keyboard scroll it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className="run-details" aria-label={`Run of ${when}`} tabIndex={0}>
      <header>
        <h2 className="numeric">{when}</h2>
        <RunOutcome phase={run.phase} />
        <span className="numeric">{tookWords(run)}</span>
        {run.root !== null && (
          <span>
            only what <NodeName id={run.root} /> needs
          </span>
        )}
        <span className="run-actions">
          <RunAgain run={run} />
          <SaveTrace run={run} tasks={tasks} />
        </span>
      </header>
      <PhaseBar phases={Object.entries(run.phaseMs)} />
      {isActive(run) ? <TasksSoFar run={run} /> : <Tasks run={run} tasks={tasks} />}
    </section>
  );
}

/** Stops a run that goes on, and tries again what failed. */
function RunAgain({ run }: { readonly run: RunRow }): ReactNode {
  const session = useSession();
  const running = isActive(useLatestRun());
  const canRetry = useHasFailures();
  if (isActive(run)) {
    return (
      <button type="button" className="button" onClick={() => void session.cancel()}>
        <Icon name="stop" />
        Cancel this run
      </button>
    );
  }
  if (!canRetry) return null;
  return (
    <button
      type="button"
      className="button"
      disabled={running}
      onClick={() => void session.build({ failed: "only" })}
    >
      <Icon name="reload" />
      Retry what failed
    </button>
  );
}

type TasksProps = { readonly run: RunRow; readonly tasks: RunTasks | undefined };

function SaveTrace({ run, tasks }: TasksProps): ReactNode {
  const session = useSession();
  return (
    <button
      type="button"
      className="button"
      title="A file that ui.perfetto.dev and chrome://tracing open"
      disabled={tasks === undefined}
      onClick={() => void session.saveTrace(asJobId(run.key))}
    >
      <Icon name="export" />
      Save as trace
    </button>
  );
}

function TasksSoFar({ run }: { readonly run: RunRow }): ReactNode {
  const tasks = useTasksSoFar(run.key);
  if (tasks.events.length === 0) return <p className="run-note">None of its tasks has ended yet.</p>;
  return <TasksAndTimes run={run} tasks={tasks} />;
}

function Tasks({ run, tasks }: TasksProps): ReactNode {
  if (tasks === undefined) return <p className="run-note">Loading…</p>;
  if (tasks.events.length === 0)
    return <p className="run-note">This run had nothing to do, or its tasks are not kept any more.</p>;
  return <TasksAndTimes run={run} tasks={tasks} />;
}

function TasksAndTimes({ run, tasks }: { readonly run: RunRow; readonly tasks: RunTasks }): ReactNode {
  return (
    <>
      <RunTimeline key={run.key} run={run} tasks={tasks} />
      <TaskTable tasks={tasks} />
    </>
  );
}
