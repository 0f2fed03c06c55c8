import type { TaskContext } from "../tasks/contract.ts";
import type { Job, Outcome } from "../model/wire.ts";
import { loadTask } from "../tasks/registry.ts";
import { runJob } from "../tasks/run-job.ts";
import { live } from "./live.ts";
import type { Mortal } from "./worker-call.ts";

/** What a task worker exposes to the pool. */
export type TaskWorkerApi = Mortal & {
  /** Settles with a result for each resource of the job. A cancel does not cross: the pool ends the worker. */
  run(job: Job): Promise<Outcome>;
  /** Loads the code of these kinds ahead of the first job. */
  warm(kinds: readonly string[]): Promise<void>;
};

/** The inside of a task worker, on the stores that its thread has opened. */
export function createTaskWorkerApi(stores: Omit<TaskContext, "signal">): TaskWorkerApi {
  const { signal } = new AbortController();
  return {
    live,
    run: (job) => runJob(job, { ...stores, signal }, { worker: 0 }),
    warm: async (kinds) => {
      await Promise.all(kinds.map(loadTask));
    },
  };
}
