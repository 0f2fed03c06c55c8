import type { JobId, ProjectId } from "../model/ids.ts";
import type { CommandOf, Replies } from "../model/wire.ts";
import { getGraphSnapshot } from "../store/graph-snapshots.ts";
import { findRun, loadTaskEvents } from "../store/jobs.ts";
import { CommandFault } from "./command-fault.ts";
import { unknownRun } from "./faults.ts";
import type { OpenProjects } from "./open-projects.ts";
import type { EnginePorts } from "./ports.ts";
import { criticalTasks, type KeptEdges } from "./run-critical-path.ts";
import { traceFileName, traceOf } from "./run-trace.ts";

type RunHandlers = {
  readonly [T in "run-events" | "run-trace"]: (command: CommandOf<T>) => Promise<Replies[T]>;
};

/** What is kept of the runs of a project. Neither waits for an intake or a build to end. */
export function runHandlers(projects: OpenProjects, { store }: Pick<EnginePorts, "store">): RunHandlers {
  return {
    "run-events": ({ projectId, jobId }) => loadRunTasks(store, projectId, jobId),
    "run-trace": async ({ projectId, jobId }) => {
      const { name } = (await projects.find(projectId)).state;
      const run = await findRun(store, projectId, jobId);
      if (run === undefined) throw new CommandFault(unknownRun());
      const text = traceOf({ name, run, ...(await loadRunTasks(store, projectId, jobId)) });
      return { fileName: traceFileName(name, run), mediaType: "application/json", text };
    },
  };
}

/** The tasks of a run with its critical path, which is not known once the run's graph is no longer kept. */
async function loadRunTasks(
  store: EnginePorts["store"],
  projectId: ProjectId,
  jobId: JobId,
): Promise<Replies["run-events"]> {
  const events = await loadTaskEvents(store, projectId, jobId);
  const signature = events[0]?.place.planSignature;
  const kept = signature && (await getGraphSnapshot(store, projectId, signature));
  // Nodes and edges were written by `snapshotOf`, and JSON keeps them as they are.
  return { events, critical: kept ? criticalTasks(events, kept as unknown as KeptEdges) : [] };
}
