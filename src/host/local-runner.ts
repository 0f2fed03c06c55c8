import type { Job, Outcome, TaskItem, TaskResult } from "../model/wire.ts";
import type { TaskContext, TaskRunner } from "../tasks/contract.ts";
import { runJob, type JobPlace } from "../tasks/run-job.ts";
import { yieldToEvents } from "./yield-to-events.ts";

export type LocalRunnerOptions = Omit<TaskContext, "signal"> & Pick<JobPlace, "load">;

/**
 * Carries out jobs in the calling thread, for Node and for a page without workers. The same results as the pool, but
 * nothing can end an item that hangs: a cancel takes effect between two items.
 */
export function createLocalRunner(options: LocalRunnerOptions): TaskRunner {
  const closed = new AbortController();
  let last: Promise<unknown> = Promise.resolve();
  return {
    size: 1,
    run: (job, signal) => {
      const either = AbortSignal.any([signal, closed.signal]);
      const outcome = last.then(() => runSliced(job, { ...options, signal: either }, options.load));
      last = outcome.catch(() => {});
      return outcome;
    },
    close: () => closed.abort(),
  };
}

/** Longest time between two looks at the page's events, in milliseconds: half a frame. */
const slice = 8;

/** Runs the items one at a time and lets the thread's other work go on between them. */
async function runSliced(job: Job, context: TaskContext, load: JobPlace["load"]): Promise<Outcome> {
  const results: TaskResult[] = [];
  const place = { worker: 0, ...(load && { load }) };
  const from = performance.now();
  let sliceEnd = from + slice;
  for (const item of job.items) {
    results.push(...(await runJob(withItem(job, item), context, place)).results);
    if (performance.now() < sliceEnd) continue;
    await yieldToEvents();
    sliceEnd = performance.now() + slice;
  }
  context.signal.throwIfAborted();
  return { jobId: job.id, worker: 0, results, span: { from, to: performance.now() } };
}

function withItem(job: Job, item: TaskItem): Job {
  return { ...job, items: [item] };
}
