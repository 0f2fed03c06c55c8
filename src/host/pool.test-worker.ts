import { expose } from "comlink";
import type { TaskItem, TaskResult } from "../model/wire.ts";
import { live } from "./live.ts";
import type { TaskWorkerApi } from "./task-worker-api.ts";

/** A real worker whose items say how it behaves. */
export type Behaviour =
  | { readonly act: "answer" }
  | { readonly act: "throw" }
  /** Never answers, and lets the thread's events run. */
  | { readonly act: "hang" }
  /** Never answers, and never gives the thread free. */
  | { readonly act: "spin" }
  /** Ends itself, which fires no event. */
  | { readonly act: "close" }
  /** Ends itself if it is the first worker of its pool. */
  | { readonly act: "close-first" }
  /** Throws outside the call, which Comlink does not notice. */
  | { readonly act: "throw-outside" };

let jobs = 0;

async function carryOut(item: TaskItem): Promise<TaskResult> {
  const { act } = item.input as Behaviour;
  if (act === "throw") throw new Error("thrown inside");
  if (act === "hang") await new Promise(() => {});
  if (act === "spin") for (;;) Math.random();
  if (act === "close" || (act === "close-first" && self.name === "1")) {
    self.close();
    await new Promise(() => {});
  }
  if (act === "throw-outside") {
    setTimeout(() => {
      throw new Error("thrown outside");
    });
    await new Promise(() => {});
  }
  const done = { artifact: null, value: jobs, problems: [], durationMs: 0, read: [] };
  return { status: "done", resourceId: item.resourceId, ...done };
}

const api: TaskWorkerApi = {
  live,
  warm: async () => {},
  run: async (job) => {
    jobs++;
    const results: TaskResult[] = [];
    for (const item of job.items) results.push(await carryOut(item));
    return { jobId: job.id, worker: 0, results };
  },
};

expose(api);
