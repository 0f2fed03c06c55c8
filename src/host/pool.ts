import type { Fault } from "../base/fault.ts";
import { invariant, unreachable } from "../base/invariant.ts";
import type { Job, Outcome, TaskResult } from "../model/wire.ts";
import type { TaskRunner } from "../tasks/contract.ts";
import { failedItem } from "../tasks/job-resources.ts";
import { startStopwatch } from "../tasks/stopwatch.ts";
import { timeLimitOf } from "../tasks/time-limit.ts";
import { createBudget } from "./budget.ts";
import { decodedPixels } from "./decoded-pixels.ts";
import type { TaskWorkerApi } from "./task-worker-api.ts";
import { connectWorker, type Settled, type WorkerLine } from "./worker-call.ts";

export type PoolOptions = {
  /** Starts one task worker. Called when there is work for it, and again for each that was ended. */
  readonly spawn: () => Worker;
  /** How many workers at the most. */
  readonly size: number;
  /** Milliseconds that a job may take; those of its kind unless a test sets them. */
  readonly timeLimit?: (job: Job) => number;
};

/**
 * Carries out jobs in workers, one job in flight in each. A worker that dies or takes too long is ended and replaced,
 * and its job's items run again one at a time, so that only the culprit fails. An abort ends the job's worker at once.
 */
export function createPool(options: PoolOptions): TaskRunner {
  const pool = new Pool(options);
  return {
    size: options.size,
    run: (job, signal) => pool.run(job, signal),
    close: () => pool.close(),
  };
}

/** Pixels that all workers together may hold decoded, at 4 bytes each. */
const pixelBudget = 100 * 1024 * 1024;

/** One place for a worker. The worker comes with the first job, and goes when it is ended. */
type Slot = { readonly number: number; line: WorkerLine<TaskWorkerApi> | undefined };

/** Holds that a slot is idle or carries one job, and that whoever holds a place finds an idle slot. */
class Pool {
  readonly #options: Required<PoolOptions>;
  readonly #slots: readonly Slot[];
  readonly #idle: Slot[];
  readonly #places;
  readonly #pixels = createBudget(pixelBudget);
  readonly #closed = new AbortController();

  constructor(options: PoolOptions) {
    this.#options = { timeLimit: timeLimitOf, ...options };
    this.#slots = Array.from({ length: options.size }, (_, number) => ({ number, line: undefined }));
    this.#idle = this.#slots.toReversed();
    this.#places = createBudget(options.size);
  }

  async run(job: Job, signal: AbortSignal): Promise<Outcome> {
    const either = AbortSignal.any([signal, this.#closed.signal]);
    const pixels = await this.#pixels.acquire(decodedPixels(job), either);
    try {
      const place = await this.#places.acquire(1, either);
      try {
        return await this.#runInIdle(job, either);
      } finally {
        place.release();
      }
    } finally {
      pixels.release();
    }
  }

  close(): void {
    this.#closed.abort();
    for (const slot of this.#slots) endWorker(slot);
  }

  /** The slot that was used last comes first: its worker has its code loaded. */
  async #runInIdle(job: Job, signal: AbortSignal): Promise<Outcome> {
    const slot = this.#idle.pop();
    invariant(slot !== undefined, "there are as many slots as places");
    const from = performance.now();
    try {
      const results = await this.#runIn(slot, job, signal);
      return { jobId: job.id, worker: slot.number, results, span: { from, to: performance.now() } };
    } finally {
      this.#idle.push(slot);
    }
  }

  async #runIn(slot: Slot, job: Job, signal: AbortSignal): Promise<readonly TaskResult[]> {
    const elapsed = startStopwatch();
    const settled = await this.#send(slot, job, signal);
    if (settled.status === "answered") return settled.value.results;
    endWorker(slot);
    signal.throwIfAborted();
    const [only] = job.items;
    if (only === undefined) return [];
    if (job.items.length > 1) return this.#runEach(slot, job, signal);
    // Whatever ended the worker may have had nothing to do with this one item.
    const again = settled.status === "died" ? await this.#send(slot, job, signal) : settled;
    if (again.status === "answered") return again.value.results;
    endWorker(slot);
    signal.throwIfAborted();
    return failedItem(job.kind, only, faultOf(job, again), elapsed());
  }

  async #runEach(slot: Slot, job: Job, signal: AbortSignal): Promise<readonly TaskResult[]> {
    const results: TaskResult[] = [];
    for (const item of job.items) {
      results.push(...(await this.#runIn(slot, { ...job, items: [item] }, signal)));
    }
    return results;
  }

  async #send(slot: Slot, job: Job, signal: AbortSignal): Promise<Settled<Outcome>> {
    try {
      if (slot.line?.alive() !== true) slot.line = connectWorker<TaskWorkerApi>(this.#options.spawn());
    } catch (error) {
      return { status: "died", reason: error instanceof Error ? error.message : String(error) };
    }
    const timeLimit = this.#options.timeLimit(job);
    return slot.line.call((remote) => remote.run(job), { timeLimit, signal });
  }
}

function endWorker(slot: Slot): void {
  slot.line?.terminate();
  slot.line = undefined;
}

type Failure = Exclude<Settled<Outcome>, { readonly status: "answered" }>;

function faultOf({ kind }: Job, failure: Failure): Fault {
  switch (failure.status) {
    case "late":
      return tooLong(kind);
    case "died":
    case "threw":
      return workerDied(kind, failure.reason);
    case "aborted":
      return workerDied(kind, "it was cancelled");
    default:
      return unreachable(failure);
  }
}

function tooLong(kind: string): Fault {
  return {
    code: "task-too-long",
    severity: "error",
    message: `The task "${kind}" took longer than it may, and was ended.`,
    remedy: "Make the file smaller or simpler, or leave it out.",
  };
}

function workerDied(kind: string, reason: string): Fault {
  return {
    code: "worker-died",
    severity: "error",
    message: `The worker that carried out the task "${kind}" died (${reason}).`,
    remedy:
      "Build again. If it dies again at the same file, the file may be too large: make it smaller or leave it out.",
  };
}
