import { invariant } from "../base/invariant.ts";
import type { Clock } from "../base/clock.ts";
import type { Fault } from "../base/fault.ts";
import type { ProjectPath } from "../base/project-path.ts";
import type { Hasher } from "../base/xxhash.ts";
import type { Artifact } from "../model/artifact.ts";
import type { JobId, ResourceId, TaskKey } from "../model/ids.ts";
import type { KeyPart, OutputRecord, TaskEvent } from "../model/output.ts";
import type { Problem } from "../model/problem.ts";
import { mediaTypeOf } from "../model/media-type.ts";
import { transition, type Status, type StatusEvent } from "../model/resource.ts";
import type { Job, TaskItem, TaskResult } from "../model/wire.ts";
import type { TaskRunner } from "../tasks/contract.ts";
import type { SchedulePlace } from "../rules/execution-event.ts";
import { causeOf } from "./explain.ts";
import { mayPass, poisonFault } from "./faults.ts";
import { keyParts, specOf, taskKeyOf } from "./key-parts.ts";
import { isCurrent, type Plan, type Poison } from "./plan.ts";
import { ReadyQueue } from "./ready-queue.ts";
import { hasSameText } from "./reuse-targets.ts";
import type { TargetSchedule } from "./schedule-targets.ts";
import { taskItem, transcodeItem, type Inputs } from "./task-item.ts";
import type { Target, TargetOf } from "./target.ts";

/** An output made in an earlier run, found again by its key. */
export type Made = { readonly artifact: Artifact | null; readonly problems: readonly Problem[] };

/** One target's end in a run, on its way into the database. */
export type Settled = {
  readonly target: Target;
  readonly record: OutputRecord;
  readonly event: TaskEvent;
  /** Not set for a failure that is kept already as it is now: no task ran, and nothing has to be written. */
  readonly isNews: boolean;
  /** Set when a worker made the output in this run. */
  readonly made: boolean;
  /** The files that the task read, where one ran to its end. */
  readonly read: readonly ProjectPath[] | null;
};

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
  readonly inputs: Inputs & { readonly outputs: Map<ResourceId, OutputRecord> };
};

/** How a task ended, beyond its record. */
type Ending = Pick<TaskEvent, "outcome" | "bytes"> & {
  readonly worker?: number;
  readonly startedAt?: number;
  readonly read?: readonly ProjectPath[];
};

type Attempt = {
  readonly target: Target;
  readonly parts: readonly KeyPart[];
  readonly key: TaskKey;
  readonly cause: string;
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
  /** Stops all lanes when one of them failed. */
  readonly #halt = new AbortController();
  /** Aborted when lanes must stop, whether they were told to or one of them failed. */
  readonly #stopped: AbortSignal;
  readonly #queue: ReadyQueue;
  readonly #attempts = new Map<ResourceId, Attempt>();
  /** Planned targets that have not settled, with the number of planned inputs each still waits for. */
  readonly #waiting = new Map<ResourceId, number>();
  readonly #poisoned: Map<ResourceId, Poison>;
  #wake: (() => void)[] = [];
  #nextJob = 0;

  constructor(work: RunWork, ports: RunPorts, signal: AbortSignal) {
    this.#work = work;
    this.#ports = ports;
    this.#signal = signal;
    this.#stopped = AbortSignal.any([signal, this.#halt.signal]);
    this.#queue = new ReadyQueue(work.schedule.remainingWork);
    this.#poisoned = new Map(work.plan.poisoned);
  }

  /**
   * Resolves when every planned target has settled, or, after an abort, when all lanes have stopped. Rejects when a
   * runner, a port or an invariant failed, and not before all lanes have stopped either.
   */
  async execute(): Promise<void> {
    for (const [id, poison] of this.#work.plan.poisoned) this.#settlePoisoned(this.#target(id), poison);
    this.#countInputs();
    const free = [...this.#waiting].filter(([, inputs]) => inputs === 0).map(([id]) => id);
    this.#admitAll(free);
    await this.#runLanes();
    if (this.#signal.aborted)
      for (const id of [...this.#waiting.keys()]) this.#settleCancelled(this.#target(id));
  }

  #countInputs(): void {
    const { dirty } = this.#work.plan;
    for (const id of dirty.keys()) {
      const inputs = this.#target(id).inputs.filter((input) => dirty.has(input)).length;
      this.#waiting.set(id, inputs);
    }
  }

  async #runLanes(): Promise<void> {
    // One lane more than jobs can run at once: the next job is ready when a worker gets free.
    const lanes = Array.from({ length: this.#ports.runner.size + 1 }, () => this.#lane());
    const ends = await Promise.allSettled(lanes);
    for (const end of ends) if (end.status === "rejected") throw end.reason;
  }

  async #lane(): Promise<void> {
    try {
      while (this.#waiting.size > 0 && !this.#stopped.aborted) {
        const targets = this.#queue.take((kind, ready) => this.#batchSize(kind, ready));
        if (targets.length > 0) await this.#runTargets(targets);
        else await new Promise<void>((resolve) => this.#wake.push(resolve));
      }
    } catch (error) {
      this.#halt.abort();
      throw error;
    } finally {
      this.#wakeLanes();
    }
  }

  /** Small enough that every lane gets a share, so that the last one does not hold up the end. */
  #batchSize(kind: Target["kind"], ready: number): number {
    return Math.min(specOf[kind].batch, Math.ceil(ready / (2 * this.#ports.runner.size)));
  }

  #wakeLanes(): void {
    const sleeping = this.#wake;
    this.#wake = [];
    for (const wake of sleeping) wake();
  }

  /** Takes what an earlier run made, and has the rest made. */
  async #runTargets(targets: readonly Target[]): Promise<void> {
    const attempts = targets.map((target) => this.#attempt(target));
    const made = this.#work.force ? new Map<TaskKey, Made>() : await this.#findMade(attempts);
    const missing = attempts.filter((attempt) => {
      const found = made.get(attempt.key);
      if (found === undefined || found.artifact === null) return true;
      this.#settleReused(attempt, found);
      return false;
    });
    if (missing.length > 0 && !this.#stopped.aborted) await this.#runJob(missing);
  }

  #findMade(attempts: readonly Attempt[]): Promise<ReadonlyMap<TaskKey, Made>> {
    return this.#ports.findMade(attempts.map(({ key }) => key));
  }

  async #runJob(attempts: readonly Attempt[]): Promise<void> {
    const startedAt = this.#ports.clock();
    for (const { target } of attempts) this.#ports.changed(target, "RUNNING");
    const [first] = attempts;
    invariant(first !== undefined, "a job has work");
    const job: Job = {
      id: `${this.#work.jobId} ${this.#nextJob++}`,
      kind: specOf[first.target.kind].kind,
      items: this.#items(attempts.map(({ target }) => target)),
    };
    try {
      const { results, worker } = await this.#ports.runner.run(job, this.#stopped);
      const byId = new Map(results.map((result) => [result.resourceId, result]));
      for (const attempt of attempts) {
        const result = byId.get(attempt.target.id);
        invariant(result !== undefined, "a job answers for each of its targets");
        this.#settleResult(attempt, result, { worker, startedAt });
      }
    } catch (error) {
      if (!this.#stopped.aborted) throw error;
    }
  }

  #items(targets: readonly Target[]): readonly TaskItem[] {
    const variants = targets.filter((target): target is TargetOf<"variant"> => target.kind === "variant");
    if (variants.length > 0) return [transcodeItem(variants, this.#work.inputs)];
    return targets.flatMap((target) =>
      target.kind === "variant" ? [] : [taskItem(target, this.#work.inputs)],
    );
  }

  /** Admits targets whose inputs have settled, and what those that settle at once admit in turn. */
  #admitAll(ids: readonly ResourceId[]): void {
    const ready = [...ids];
    for (let id = ready.pop(); id !== undefined; id = ready.pop())
      ready.push(...this.#admit(this.#target(id)));
    this.#wakeLanes();
  }

  /** Queues a target, or settles it when it needs no task; gives the targets that this sets free. */
  #admit(target: Target): readonly ResourceId[] {
    const poisonedInput = target.inputs.find((input) => this.#poisoned.has(input));
    const above = poisonedInput === undefined ? undefined : this.#poisoned.get(poisonedInput);
    if (above !== undefined) {
      const poison = { fault: above.fault, culprits: [target.id, ...above.culprits] };
      this.#poisoned.set(target.id, poison);
      this.#settlePoisoned(target, poison);
      return this.#release(target.id);
    }
    const attempt = this.#attempt(target);
    const record = this.#work.inputs.outputs.get(target.id);
    if (!this.#work.force && isCurrent(record, attempt.key)) return this.#settleUnchanged(attempt, record);
    if (!this.#work.force && isKnownFailure(record, attempt.key))
      return this.#settleKnownFailure(attempt, record);
    this.#ports.changed(target, "READY");
    this.#queue.push(target);
    return [];
  }

  #attempt(target: Target): Attempt {
    const known = this.#attempts.get(target.id);
    if (known !== undefined) return known;
    const parts = keyParts(target, this.#work.inputs);
    const record = this.#work.inputs.outputs.get(target.id);
    const attempt = {
      target,
      parts,
      key: taskKeyOf(parts, this.#ports.hasher),
      cause: causeOf(target, record, parts),
    };
    this.#attempts.set(target.id, attempt);
    return attempt;
  }

  /** Counts a settled target down in those that wait for it; gives the ones that wait for nothing more. */
  #release(id: ResourceId): readonly ResourceId[] {
    if (!this.#waiting.delete(id)) return [];
    const freed: ResourceId[] = [];
    for (const dependent of this.#work.schedule.dependents.get(id) ?? []) {
      const inputs = this.#waiting.get(dependent.id);
      if (inputs === undefined) continue;
      this.#waiting.set(dependent.id, inputs - 1);
      if (inputs === 1) freed.push(dependent.id);
    }
    return freed;
  }

  #settleResult(attempt: Attempt, result: TaskResult, run: { worker: number; startedAt: number }): void {
    const { target, key, parts, cause } = attempt;
    if (result.status === "done") {
      invariant(result.artifact !== null, "a target's task makes an artifact");
      const { artifact, problems, durationMs } = result;
      const record = { artifact, problems, durationMs, cause, taskKey: key, parts };
      const { read } = result;
      this.#settle(target, "succeed", record, { outcome: "built", bytes: artifact.size, read, ...run });
    } else {
      const { fault, durationMs } = result;
      this.#poisoned.set(target.id, { fault, culprits: [target.id] });
      const record = { fault, durationMs, cause, taskKey: key, parts };
      this.#settle(target, "fail", record, { outcome: "failed", bytes: 0, ...run });
    }
    this.#admitAll(this.#release(target.id));
  }

  #settleReused({ target, key, parts, cause }: Attempt, { artifact: found, problems }: Made): void {
    const artifact = found && asTypeOf(target, found);
    const record = { artifact, problems, durationMs: null, cause, taskKey: key, parts };
    this.#settle(target, "succeed", record, { outcome: "reused", bytes: artifact?.size ?? 0 });
    this.#admitAll(this.#release(target.id));
  }

  #settleUnchanged({ target, key, parts }: Attempt, record: OutputRecord): readonly ResourceId[] {
    const { artifact, problems, durationMs, cause } = record;
    this.#settle(
      target,
      "succeed",
      { artifact, problems, durationMs, cause, taskKey: key, parts },
      { outcome: "reused", bytes: artifact?.size ?? 0 },
    );
    return this.#release(target.id);
  }

  /** The same inputs failed before in a way that trying again would not mend. */
  #settleKnownFailure(
    { target, key, parts }: Attempt,
    { fault, cause, durationMs }: OutputRecord,
  ): readonly ResourceId[] {
    invariant(fault !== null, "a failed record has its fault");
    this.#poisoned.set(target.id, { fault, culprits: [target.id] });
    this.#settle(
      target,
      "fail",
      { fault, cause, durationMs, taskKey: key, parts },
      { outcome: "failed", bytes: 0 },
    );
    return this.#release(target.id);
  }

  #settlePoisoned(target: Target, { fault, culprits }: Poison): void {
    const culprit = culprits.at(-1) ?? target.id;
    const own = culprits.length === 1 ? fault : poisonFault(culprit, fault);
    const record = { fault: own, culprits, cause: `${culprit} could not be built` };
    this.#settle(target, "poison", record, { outcome: "poisoned", bytes: 0 });
  }

  #settleCancelled(target: Target): void {
    this.#settle(target, "cancel", { cause: "the run was cancelled" }, { outcome: "cancelled", bytes: 0 });
    this.#waiting.delete(target.id);
  }

  /** The one place where a run changes a record: what `change` leaves out stays as it was. */
  #settle(
    target: Target,
    how: StatusEvent,
    change: Partial<OutputRecord> & Pick<OutputRecord, "cause">,
    event: Ending,
  ): void {
    const before = this.#work.inputs.outputs.get(target.id);
    const record: OutputRecord = {
      ...(before ?? blankRecord(target)),
      sitePath: target.sitePath,
      fault: null,
      culprits: [],
      ...change,
      status: transition(before?.status ?? "PENDING", how),
    };
    this.#work.inputs.outputs.set(target.id, record);
    this.#ports.settled({
      target,
      record,
      event: this.#event(target, record, event),
      isNews: !isKnown(before, record, event),
      made: event.outcome === "built",
      read: event.read ?? null,
    });
  }

  #event(target: Target, record: OutputRecord, event: Ending): TaskEvent {
    const { places, signature } = this.#work.schedule;
    return {
      jobId: this.#work.jobId,
      resourceId: target.id,
      outcome: event.outcome,
      place: { ...(places.get(target.id) ?? noPlace), planSignature: signature },
      worker: event.worker ?? null,
      startedAt: event.startedAt ?? this.#ports.clock(),
      durationMs: event.outcome === "built" || event.outcome === "failed" ? (record.durationMs ?? 0) : 0,
      bytes: event.bytes,
      cause: record.cause,
    };
  }

  #target(id: ResourceId): Target {
    const target = this.#work.targets.get(id);
    invariant(target !== undefined, "a plan speaks of targets alone");
    return target;
  }
}

/** Of what a cycle kept out of the plan. */
const noPlace: SchedulePlace = { scheduleIndex: -1, generation: -1, generationOrder: -1, generationSize: 0 };

/** The same bytes may be copied from files of several types, and are kept as the first of them. */
function asTypeOf(target: Target, artifact: Artifact): Artifact {
  return target.kind === "copy" ? { ...artifact, type: mediaTypeOf(target.path) } : artifact;
}

function isKnownFailure(record: OutputRecord | undefined, key: TaskKey): record is OutputRecord {
  const fault: Fault | null = record?.fault ?? null;
  return record?.status === "FAILED" && record.taskKey === key && fault !== null && !mayPass(fault);
}

/** Whether a failure that no task of this run had is the one that is kept. */
function isKnown(
  before: OutputRecord | undefined,
  record: OutputRecord,
  { outcome, worker }: Ending,
): boolean {
  const isTried = worker !== undefined || (outcome !== "failed" && outcome !== "poisoned");
  return !isTried && hasSameText(before, record);
}

function blankRecord({ id, kind }: Target): OutputRecord {
  return {
    id,
    kind,
    status: "PENDING",
    sitePath: null,
    artifact: null,
    taskKey: null,
    parts: [],
    problems: [],
    fault: null,
    culprits: [],
    cause: "",
    durationMs: null,
  };
}
