import { StorageFault } from "../artifacts/storage-fault.ts";
import type { Fault } from "../base/fault.ts";
import { invariant } from "../base/invariant.ts";
import type { Job, Outcome, TaskItem, TaskResult } from "../model/wire.ts";
import type { RunTask, TaskContext } from "./contract.ts";
import { failedItem, resourcesOf } from "./job-resources.ts";
import { loadTask } from "./registry.ts";
import { startStopwatch } from "./stopwatch.ts";

/** Where a job runs: the number of the worker, and how a kind is found. */
export type JobPlace = {
  readonly worker: number;
  readonly load?: (kind: string) => Promise<RunTask | undefined>;
};

/**
 * Carries out a job in this thread and answers with one result for each resource of it. When a kind throws, which is
 * a bug of ours or a full disk, the job's items run again one at a time, so that only the culprit fails. Rejects only
 * with the signal's reason.
 */
export async function runJob(job: Job, context: TaskContext, place: JobPlace): Promise<Outcome> {
  const load = place.load ?? loadTask;
  const results = await runItems(job.kind, job.items, (items) => attempt(load, job.kind, items, context));
  return { jobId: job.id, worker: place.worker, results };
}

type Attempt =
  | { readonly ok: true; readonly results: readonly TaskResult[] }
  | { readonly ok: false; readonly fault: Fault; readonly durationMs: number };

/** Together first; if that fails, each alone. */
async function runItems(
  kind: string,
  items: readonly TaskItem[],
  run: (items: readonly TaskItem[]) => Promise<Attempt>,
): Promise<readonly TaskResult[]> {
  const together = await run(items);
  if (together.ok) return together.results;
  const [only] = items;
  if (only === undefined) return [];
  if (items.length === 1) return failedItem(kind, only, together.fault, together.durationMs);
  const alone: TaskResult[] = [];
  for (const item of items) alone.push(...(await runItems(kind, [item], run)));
  return alone;
}

async function attempt(
  load: (kind: string) => Promise<RunTask | undefined>,
  kind: string,
  items: readonly TaskItem[],
  context: TaskContext,
): Promise<Attempt> {
  const elapsed = startStopwatch();
  try {
    context.signal.throwIfAborted();
    const run = await load(kind);
    invariant(run !== undefined, `the task kind "${kind}" is registered`);
    const results = await run(items, context);
    requireComplete(kind, items, results);
    return { ok: true, results };
  } catch (error) {
    context.signal.throwIfAborted();
    return { ok: false, fault: faultOf(kind, error), durationMs: elapsed() };
  }
}

/** Throws unless there is exactly one result for each resource that the items make. */
function requireComplete(kind: string, items: readonly TaskItem[], results: readonly TaskResult[]): void {
  const expected = items.flatMap((item) => resourcesOf(kind, item)).sort();
  const given = results.map((result) => result.resourceId).sort();
  const same = expected.length === given.length && expected.every((id, i) => id === given[i]);
  invariant(same, `${kind} gives one result for each of its resources`);
}

function faultOf(kind: string, error: unknown): Fault {
  if (error instanceof StorageFault) return error.fault;
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return {
    code: "task-crashed",
    severity: "error",
    message: `The task "${kind}" stopped unexpectedly (${reason}).`,
    remedy: "Build again. If it stops again at the same file, leave that file out and report it as a bug.",
  };
}
