import { invariant } from "../base/invariant.ts";
import type { Clock } from "../base/clock.ts";
import type { Hasher } from "../base/xxhash.ts";
import type { JobId, ResourceId, TaskKey } from "../model/ids.ts";
import type { OutputRecord } from "../model/output.ts";
import type { Status } from "../model/resource.ts";
import type { Job, RetryScope, TaskItem, TaskResult } from "../model/wire.ts";
import type { TaskRunner } from "../tasks/contract.ts";
import { attemptOf, type Attempt } from "./attempt.ts";
import { specOf } from "./key-parts.ts";
import { Lanes } from "./lanes.ts";
import { isCurrent, isKnownFailure, type Plan, type Poison } from "./plan.ts";
import { ReadyQueue } from "./ready-queue.ts";
import type { TargetSchedule } from "./schedule-targets.ts";
import {
  settle,
  settlementOfCancel,
  settlementOfKnownFailure,
  settlementOfMade,
  settlementOfPoison,
  settlementOfResult,
  settlementUnchanged,
  type Made,
  type Settled,
  type Settlement,
  type TaskRun,
} from "./settlement.ts";
import { taskItem, transcodeItem, type Inputs } from "./task-item.ts";
import type { Target, TargetOf } from "./target.ts";
import { WaitingTargets } from "./waiting-targets.ts";
import { WorkerTime } from "./worker-time.ts";

/** What a run needs of the world around it. */
export type RunPorts = {
  readonly runner: TaskRunner;
  readonly hasher: Hasher;
  readonly clock: Clock;
  findMade(keys: readonly TaskKey[]): Promise<ReadonlyMap<TaskKey, Made>>;
  /** Told of each target that changes status before it settles. */
  changed(target: Target, status: Status): void;
  settled(settled: Settled): void;
};

/** What a run works on. `outputs` of `inputs` is the live state: a run writes each record into it. */
export type RunWork = {
  readonly jobId: JobId;
  readonly targets: ReadonlyMap<ResourceId, Target>;
  readonly schedule: TargetSchedule;
  readonly plan: Plan;
  readonly force: boolean;
  /** Set when failures whose inputs are the same are tried again. */
  readonly failed?: RetryScope | undefined;
  readonly inputs: Inputs & { readonly outputs: Map<ResourceId, OutputRecord> };
};

/**
 * Carries out a plan: a target starts as soon as its own inputs are done, whatever its generation. Each lane takes
 * the most urgent ready work, runs it and settles it, until nothing of the plan is left. Settling a target admits
 * what waited for it alone: to the queue, or straight to its end when its inputs turned out to be the same.
 */
export class BuildRun {
  readonly #work: RunWork;
  readonly #ports: RunPorts;
  readonly #signal: AbortSignal;
  readonly #lanes: Lanes;
  readonly #queue: ReadyQueue;
  readonly #attempts = new Map<ResourceId, Attempt>();
  readonly #waiting: WaitingTargets;
  readonly #poisoned: Map<ResourceId, Poison>;
  readonly #workerTime: WorkerTime;
  #nextJob = 0;

  constructor(work: RunWork, ports: RunPorts, signal: AbortSignal) {
    this.#work = work;
    this.#ports = ports;
    this.#signal = signal;
    this.#lanes = new Lanes(signal);
    this.#workerTime = new WorkerTime(ports.clock);
    this.#queue = new ReadyQueue(work.schedule.remainingWork);
    const planned = [...work.plan.dirty.keys()].map((id) => this.#target(id));
    this.#waiting = new WaitingTargets(planned, work.schedule.dependents);
    this.#poisoned = new Map(work.plan.poisoned);
  }

  /**
   * Resolves when every planned target has settled, or, after an abort, when all lanes have stopped. Rejects when a
   * runner, a port or an invariant failed, and not before all lanes have stopped either.
   */
  async execute(): Promise<void> {
    for (const [id, poison] of this.#work.plan.poisoned) {
      const target = this.#target(id);
      this.#settle(target, settlementOfPoison(target, poison));
    }
    this.#admitAll(this.#waiting.free());
    // One lane more than jobs can run at once: the next job is ready when a worker gets free.
    const lanes = this.#ports.runner.size + 1;
    await this.#lanes.run(
      lanes,
      () => this.#waiting.size > 0,
      () => this.#step(),
    );
    if (!this.#signal.aborted) return;
    for (const id of this.#waiting.ids()) {
      this.#settle(this.#target(id), settlementOfCancel);
      this.#waiting.release(id);
    }
  }

  async #step(): Promise<boolean> {
    const targets = this.#queue.take((kind, ready) => this.#batchSize(kind, ready));
    if (targets.length > 0) await this.#runTargets(targets);
    return targets.length > 0;
  }

  /** Small enough that every lane gets a share, so that the last one does not hold up the end. */
  #batchSize(kind: Target["kind"], ready: number): number {
    return Math.min(specOf[kind].batch, Math.ceil(ready / (2 * this.#ports.runner.size)));
  }

  /** Takes what an earlier run made, and has the rest made. */
  async #runTargets(targets: readonly Target[]): Promise<void> {
    const attempts = targets.map((target) => this.#attempt(target));
    const made = this.#work.force ? new Map<TaskKey, Made>() : await this.#findMade(attempts);
    const missing = attempts.filter((attempt) => {
      const found = made.get(attempt.key);
      if (found === undefined || found.artifact === null) return true;
      this.#settle(attempt.target, settlementOfMade(attempt, found));
      this.#admitAll(this.#waiting.release(attempt.target.id));
      return false;
    });
    if (missing.length > 0 && !this.#lanes.stopped.aborted) await this.#runJob(missing);
  }

  #findMade(attempts: readonly Attempt[]): Promise<ReadonlyMap<TaskKey, Made>> {
    return this.#ports.findMade(attempts.map(({ key }) => key));
  }

  async #runJob(attempts: readonly Attempt[]): Promise<void> {
    const sentAt = this.#ports.clock();
    for (const { target } of attempts) this.#ports.changed(target, "RUNNING");
    const [first] = attempts;
    invariant(first !== undefined, "a job has work");
    const job: Job = {
      id: `${this.#work.jobId} ${this.#nextJob++}`,
      kind: specOf[first.target.kind].kind,
      items: this.#items(attempts.map(({ target }) => target)),
    };
    try {
      const outcome = await this.#ports.runner.run(job, this.#lanes.stopped);
      const times = this.#workerTime.of(outcome, sentAt);
      const byId = new Map(outcome.results.map((result) => [result.resourceId, result]));
      for (const attempt of attempts) {
        const { id } = attempt.target;
        const [result, time] = [byId.get(id), times.get(id)];
        invariant(result !== undefined && time !== undefined, "a job answers for each of its targets");
        this.#settleResult(attempt, result, { worker: outcome.worker, ...time });
      }
    } catch (error) {
      if (!this.#lanes.stopped.aborted) throw error;
    }
  }

  #items(targets: readonly Target[]): readonly TaskItem[] {
    const variants = targets.filter((target): target is TargetOf<"variant"> => target.kind === "variant");
    if (variants.length > 0) return [transcodeItem(variants, this.#work.inputs)];
    return targets.flatMap((target) =>
      target.kind === "variant" ? [] : [taskItem(target, this.#work.inputs)],
    );
  }

  #settleResult(attempt: Attempt, result: TaskResult, run: TaskRun): void {
    const { id } = attempt.target;
    if (result.status === "failed") this.#poisoned.set(id, { fault: result.fault, culprits: [id] });
    this.#settle(attempt.target, settlementOfResult(attempt, result, run));
    this.#admitAll(this.#waiting.release(id));
  }

  /** Admits targets whose inputs have settled, and what those that settle at once admit in turn. */
  #admitAll(ids: readonly ResourceId[]): void {
    const ready = [...ids];
    for (let id = ready.pop(); id !== undefined; id = ready.pop()) {
      const target = this.#target(id);
      const settlement = this.#endAtOnce(target);
      if (settlement === undefined) {
        this.#ports.changed(target, "READY");
        this.#queue.push(target);
      } else {
        this.#settle(target, settlement);
        ready.push(...this.#waiting.release(id));
      }
    }
    this.#lanes.wake();
  }

  /** The end of a target that needs no task; `undefined` for one that does. */
  #endAtOnce(target: Target): Settlement | undefined {
    const poison = this.#poisonFromInputs(target);
    if (poison !== undefined) {
      this.#poisoned.set(target.id, poison);
      return settlementOfPoison(target, poison);
    }
    const attempt = this.#attempt(target);
    const record = this.#work.inputs.outputs.get(target.id);
    if (this.#work.force) return undefined;
    if (this.#work.failed === undefined && isKnownFailure(record, attempt.key)) {
      this.#poisoned.set(target.id, { fault: record.fault, culprits: [target.id] });
      return settlementOfKnownFailure(attempt, record);
    }
    return isCurrent(record, attempt.key) ? settlementUnchanged(attempt, record) : undefined;
  }

  #poisonFromInputs(target: Target): Poison | undefined {
    const input = target.inputs.find((id) => this.#poisoned.has(id));
    const above = input === undefined ? undefined : this.#poisoned.get(input);
    return above && { fault: above.fault, culprits: [target.id, ...above.culprits] };
  }

  #attempt(target: Target): Attempt {
    const known = this.#attempts.get(target.id);
    if (known !== undefined) return known;
    const attempt = attemptOf(target, this.#work.inputs, this.#ports.hasher);
    this.#attempts.set(target.id, attempt);
    return attempt;
  }

  /** The one place where a run changes a record. */
  #settle(target: Target, settlement: Settlement): void {
    const { inputs, jobId, schedule } = this.#work;
    const { clock } = this.#ports;
    const settled = settle(target, inputs.outputs.get(target.id), settlement, { jobId, schedule, clock });
    inputs.outputs.set(target.id, settled.record);
    this.#ports.settled(settled);
  }

  #target(id: ResourceId): Target {
    const target = this.#work.targets.get(id);
    invariant(target !== undefined, "a plan speaks of targets alone");
    return target;
  }
}
