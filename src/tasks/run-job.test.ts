import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createMemoryStores } from "../artifacts/memory-stores.ts";
import { StorageFault } from "../artifacts/storage-fault.ts";
import { asResourceId } from "../model/ids.ts";
import type { Job, TaskItem, TaskResult } from "../model/wire.ts";
import type { RunTask, TaskContext } from "./contract.ts";
import { resourcesOf } from "./job-resources.ts";
import { runJob } from "./run-job.ts";

const full = { code: "storage-full", severity: "error", message: "full", remedy: "free" } as const;

function contextOf(signal = new AbortController().signal): TaskContext {
  const { artifacts, highlighted } = createMemoryStores();
  return { artifacts, highlighted, signal };
}

function done({ resourceId }: TaskItem): TaskResult {
  return { status: "done", resourceId, artifact: null, value: null, problems: [], durationMs: 0, read: [] };
}

/** What an item's input makes this kind do. */
type Act = "fine" | "throw" | "full" | "forget";

const obedient: RunTask = async (items) =>
  items.flatMap((item) => {
    const act = item.input as Act;
    if (act === "throw") throw new RangeError("too deep");
    if (act === "full") throw new StorageFault(full, undefined);
    return act === "forget" ? [] : [done(item)];
  });

function jobOf(acts: readonly Act[]): Job {
  const items = acts.map((input, i) => ({ resourceId: asResourceId(`item-${i}`), input }));
  return { id: "job", kind: "test", items };
}

const run = (job: Job, load = async (): Promise<RunTask | undefined> => obedient, context = contextOf()) =>
  runJob(job, context, { worker: 7, load });

const codes: Record<Act, string> = {
  fine: "done",
  throw: "task-crashed",
  full: "storage-full",
  forget: "task-crashed",
};

describe("a job", () => {
  it("[T1] has one result for each resource, in the order of its items, whatever its items do", async () => {
    const acts = fc.array(fc.constantFrom<Act>("fine", "throw", "full", "forget"), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(acts, async (asked) => {
        const job = jobOf(asked);
        const { jobId, worker, results } = await run(job);
        expect([jobId, worker]).toEqual(["job", 7]);
        expect(results.map((result) => result.resourceId)).toEqual(job.items.map((item) => item.resourceId));
        const endings = results.map((result) => (result.status === "done" ? "done" : result.fault.code));
        expect(endings).toEqual(asked.map((act) => codes[act]));
      }),
    );
  });

  it("[T1] fails each variant of an item that throws", async () => {
    const variants = [{ resourceId: asResourceId("a") }, { resourceId: asResourceId("b") }];
    const item = { resourceId: asResourceId("group"), input: { variants } };
    expect(resourcesOf("transcode", item)).toEqual(["a", "b"]);
    const throwing: RunTask = () => Promise.reject(new Error("no"));
    const job = { id: "job", kind: "transcode", items: [item] };
    const { results } = await run(job, async () => throwing);
    expect(results.map(({ status, resourceId }) => [status, resourceId])).toEqual([
      ["failed", "a"],
      ["failed", "b"],
    ]);
  });

  it("[T2] fails, with the reason, when its kind is unknown or cannot be loaded", async () => {
    const unknown = await runJob({ ...jobOf(["fine"]), kind: "no-such-kind" }, contextOf(), { worker: 0 });
    expect(unknown.results).toMatchObject([{ status: "failed", fault: { code: "task-crashed" } }]);
    const offline = () => Promise.reject(new TypeError("Failed to fetch"));
    expect((await run(jobOf(["fine"]), offline)).results).toMatchObject([
      { status: "failed", fault: { message: expect.stringContaining("Failed to fetch") } },
    ]);
  });

  it("[T3] rejects with an AbortError once its signal aborts, and makes no fault of it", async () => {
    const controller = new AbortController();
    const aborting: RunTask = async () => {
      controller.abort();
      throw new Error("in the middle");
    };
    const running = run(jobOf(["fine"]), async () => aborting, contextOf(controller.signal));
    await expect(running).rejects.toMatchObject({ name: "AbortError" });
    const late = run(jobOf(["fine"]), undefined, contextOf(controller.signal));
    await expect(late).rejects.toMatchObject({ name: "AbortError" });
  });
});
