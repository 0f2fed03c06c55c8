import { afterEach, describe, expect, it } from "vitest";
import { asResourceId } from "../model/ids.ts";
import type { Job, Outcome } from "../model/wire.ts";
import type { TaskRunner } from "../tasks/contract.ts";
import { createPool, type PoolOptions } from "./pool.ts";
import type { Behaviour } from "./pool.test-worker.ts";

const never = new AbortController().signal;
const open: TaskRunner[] = [];
let spawned = 0;

const spawn = () => {
  spawned++;
  const name = String(spawned);
  return new Worker(new URL("./pool.test-worker.ts", import.meta.url), { type: "module", name });
};

function poolOf(options: Partial<PoolOptions> = {}): TaskRunner {
  spawned = 0;
  const pool = createPool({ spawn, size: 1, timeLimit: () => 20_000, ...options });
  open.push(pool);
  return pool;
}

afterEach(() => open.splice(0).forEach((pool) => pool.close()));

function jobOf(...acts: readonly Behaviour["act"][]): Job {
  const items = acts.map((act, i) => ({ resourceId: asResourceId(`item-${i}`), input: { act } }));
  return { id: `job-${acts.join("-")}`, kind: "test", items };
}

/** `done`, or the code of the fault, for each item. */
function endings(outcome: Outcome): string[] {
  return outcome.results.map((result) => (result.status === "done" ? "done" : result.fault.code));
}

describe("a pool of real workers", () => {
  it("[H1] gives one result for each item, with the number of the worker", async () => {
    const outcome = await poolOf().run(jobOf("answer", "answer"), never);
    expect(outcome).toMatchObject({ jobId: "job-answer-answer", worker: 0 });
    expect(endings(outcome)).toEqual(["done", "done"]);
  });

  it("[H2] starts a worker with the first job, and keeps it for the next", async () => {
    const pool = poolOf({ size: 3 });
    expect(spawned).toBe(0);
    await pool.run(jobOf("answer"), never);
    await pool.run(jobOf("answer"), never);
    expect(spawned).toBe(1);
  });

  it("[H2] runs as many jobs at once as it has workers, and the others after them", async () => {
    const pool = poolOf({ size: 2 });
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => pool.run(jobOf("answer"), never)));
    expect(outcomes.map(endings)).toEqual(Array.from({ length: 6 }, () => ["done"]));
    expect(new Set(outcomes.map((outcome) => outcome.worker))).toEqual(new Set([0, 1]));
    expect(spawned).toBe(2);
  });

  it.each(["throw", "throw-outside", "close"] as const)(
    "[H3] fails only the item that makes its worker %s, and goes on with the next job",
    async (act) => {
      const pool = poolOf();
      expect(endings(await pool.run(jobOf("answer", act, "answer"), never))).toEqual([
        "done",
        "worker-died",
        "done",
      ]);
      expect(endings(await pool.run(jobOf("answer"), never))).toEqual(["done"]);
    },
  );

  it("[H3] carries out a job's only item in a second worker when the first dies of something else", async () => {
    expect(endings(await poolOf().run(jobOf("close-first"), never))).toEqual(["done"]);
    expect(spawned).toBe(2);
    expect(endings(await poolOf().run(jobOf("close"), never))).toEqual(["worker-died"]);
  });

  it.each(["hang", "spin"] as const)(
    "[H4] ends a worker that is made to %s once its time is over, and fails only that item",
    async (act) => {
      const pool = poolOf({ timeLimit: () => 1500 });
      expect(endings(await pool.run(jobOf("answer", act, "answer"), never))).toEqual([
        "done",
        "task-too-long",
        "done",
      ]);
    },
  );

  it.each(["hang", "spin"] as const)(
    "[H5] rejects when a job that does %s is cancelled, and needs no time limit for it",
    async (act) => {
      const pool = poolOf({ timeLimit: () => 1_000_000_000 });
      await pool.run(jobOf("answer"), never);
      const cancel = new AbortController();
      const running = pool.run(jobOf(act), cancel.signal);
      setTimeout(() => cancel.abort(), 50);
      await expect(running).rejects.toMatchObject({ name: "AbortError" });
      expect(endings(await pool.run(jobOf("answer"), never))).toEqual(["done"]);
      expect(spawned).toBe(2);
    },
  );

  it("[H5] rejects jobs that wait for a worker when they are cancelled, and leaves the running one", async () => {
    const pool = poolOf();
    const cancel = new AbortController();
    const first = pool.run(jobOf("answer"), never);
    const second = pool.run(jobOf("answer"), cancel.signal);
    cancel.abort();
    await expect(second).rejects.toMatchObject({ name: "AbortError" });
    expect(endings(await first)).toEqual(["done"]);
    await expect(pool.run(jobOf("answer"), cancel.signal)).rejects.toMatchObject({ name: "AbortError" });
  });

  it("[H5] rejects what is running when it is closed", async () => {
    const pool = poolOf();
    const running = pool.run(jobOf("hang"), never);
    pool.close();
    await expect(running).rejects.toMatchObject({ name: "AbortError" });
  });

  it("[H6] answers with faults when its workers cannot be loaded, or not even be made", async () => {
    const missing = () => new Worker("/there-is-no-such-worker.ts", { type: "module" });
    expect(endings(await poolOf({ spawn: missing }).run(jobOf("answer"), never))).toEqual(["worker-died"]);
    const refuse = () => {
      throw new Error("no more threads");
    };
    const [result] = (await poolOf({ spawn: refuse }).run(jobOf("answer"), never)).results;
    expect(result).toMatchObject({
      status: "failed",
      fault: { message: expect.stringContaining("no more threads") },
    });
  });
});
