import type { ArtifactStore, TextCache } from "../artifacts/contract.ts";
import type { Fetcher } from "./fetch/fetcher.ts";
import type { Job, Outcome, TaskItem, TaskResult } from "../model/wire.ts";

/**
 * One kind of task. `version` is part of every task key of the kind: raise it when the same input would now give
 * other bytes. `Input` and `Value` are the types of `TaskItem.input` and of a result's `value`.
 *
 * Duties of a kind: same input, same bytes, on any day and in any worker; no clock, no random, and but for `fetch`
 * no network; a fault of the input is a `failed` result, never a throw; nothing is written but artifacts.
 */
export type TaskSpec<Input, Value> = {
  readonly kind: string;
  readonly version: number;
  /** How many items one job carries at the most. */
  readonly batch: number;
  /** Milliseconds that one item may take before its worker is replaced. */
  readonly timeLimit: number;
  /** Never set; carries the types. */
  readonly types?: { readonly input: Input; readonly value: Value };
};

/** What a task may use. */
export type TaskContext = {
  readonly artifacts: ArtifactStore;
  readonly highlighted: TextCache;
  /** Left out where no server may be asked. */
  readonly fetcher?: Fetcher | undefined;
  readonly signal: AbortSignal;
};

/** The heavy half of a kind: carries out a job's items and answers with one result for each resource made. */
export type RunTask = (items: readonly TaskItem[], context: TaskContext) => Promise<readonly TaskResult[]>;

/**
 * What carries out jobs: a pool of workers, or the page itself. `run` always settles: with an outcome that has a
 * result for each resource of the job, also when a worker died or took too long, or with an `AbortError` once the
 * signal aborts.
 */
export type TaskRunner = {
  /** How many jobs can run at once. */
  readonly size: number;
  run(job: Job, signal: AbortSignal): Promise<Outcome>;
  close(): void;
};
