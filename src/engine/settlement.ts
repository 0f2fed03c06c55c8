import type { Clock } from "../base/clock.ts";
import { invariant } from "../base/invariant.ts";
import type { ProjectPath } from "../base/project-path.ts";
import type { Artifact } from "../model/artifact.ts";
import type { JobId } from "../model/ids.ts";
import { mediaTypeOf } from "../model/media-type.ts";
import type { OutputRecord, TaskEvent } from "../model/output.ts";
import type { Problem } from "../model/problem.ts";
import { transition, type StatusEvent } from "../model/resource.ts";
import type { TaskResult } from "../model/wire.ts";
import type { SchedulePlace } from "../rules/execution-event.ts";
import type { Attempt } from "./attempt.ts";
import { poisonFault } from "./faults.ts";
import type { Poison } from "./plan.ts";
import { hasSameText } from "./reuse-targets.ts";
import type { TargetSchedule } from "./schedule-targets.ts";
import type { Target } from "./target.ts";
import type { TaskTime } from "./worker-time.ts";

/** An output made in an earlier run, found again by its key. */
export type Made = { readonly artifact: Artifact | null; readonly problems: readonly Problem[] };

/** One target's end in a run, on its way into the database. */
export type Settled = {
  readonly target: Target;
  /** What the output was before, where there was one. */
  readonly before: OutputRecord | undefined;
  readonly record: OutputRecord;
  readonly event: TaskEvent;
  /** Not set for a failure that is kept already as it is now: no task ran, and nothing has to be written. */
  readonly isNews: boolean;
  /** Set when a worker made the output in this run. */
  readonly made: boolean;
  /** The files that the task read, where one ran to its end. */
  readonly read: readonly ProjectPath[] | null;
};

/** How a target ends, before it is told of the run that it ends in. */
export type Settlement = {
  readonly how: StatusEvent;
  /** What it leaves out of a record stays as it was. */
  readonly change: Partial<OutputRecord> & Pick<OutputRecord, "cause">;
  readonly ending: Ending;
};

/** How a task ended, beyond its record. */
type Ending = Pick<TaskEvent, "outcome" | "bytes"> & {
  readonly run?: TaskRun;
  readonly read?: readonly ProjectPath[];
};

/** Where and when a task ran. */
export type TaskRun = TaskTime & { readonly worker: number };

/** The end of a task that ran. */
export function settlementOfResult(attempt: Attempt, result: TaskResult, run: TaskRun): Settlement {
  const { key: taskKey, parts, cause } = attempt;
  const { durationMs } = result;
  if (result.status === "failed") {
    const change = { fault: result.fault, durationMs, cause, taskKey, parts };
    return { how: "fail", change, ending: { outcome: "failed", bytes: 0, run } };
  }
  const { artifact, problems, read } = result;
  invariant(artifact !== null, "a target's task makes an artifact");
  const change = { artifact, problems, durationMs, cause, taskKey, parts };
  return { how: "succeed", change, ending: { outcome: "built", bytes: artifact.size, read, run } };
}

/** An earlier run made what this attempt would. */
export function settlementOfMade({ target, key, parts, cause }: Attempt, made: Made): Settlement {
  const artifact = made.artifact && asTypeOf(target, made.artifact);
  const change = { artifact, problems: made.problems, durationMs: null, cause, taskKey: key, parts };
  return { how: "succeed", change, ending: { outcome: "reused", bytes: artifact?.size ?? 0 } };
}

/** The inputs turned out to be those of the last success. */
export function settlementUnchanged({ key, parts }: Attempt, record: OutputRecord): Settlement {
  const { artifact, problems, durationMs, cause } = record;
  const change = { artifact, problems, durationMs, cause, taskKey: key, parts };
  return { how: "succeed", change, ending: { outcome: "reused", bytes: artifact?.size ?? 0 } };
}

/** The same inputs failed before in a way that trying again would not mend. */
export function settlementOfKnownFailure({ key, parts }: Attempt, record: OutputRecord): Settlement {
  const { fault, cause, durationMs } = record;
  const change = { fault, cause, durationMs, taskKey: key, parts };
  return { how: "fail", change, ending: { outcome: "failed", bytes: 0 } };
}

export function settlementOfPoison({ id }: Target, { fault, culprits }: Poison): Settlement {
  const culprit = culprits.at(-1) ?? id;
  const own = culprits.length === 1 ? fault : poisonFault(culprit, fault);
  const change = { fault: own, culprits, cause: `${culprit} could not be built` };
  return { how: "poison", change, ending: { outcome: "poisoned", bytes: 0 } };
}

export const settlementOfCancel: Settlement = {
  how: "cancel",
  change: { cause: "the run was cancelled" },
  ending: { outcome: "cancelled", bytes: 0 },
};

/** The run that a target ends in. */
export type SettlingRun = {
  readonly jobId: JobId;
  readonly schedule: Pick<TargetSchedule, "places" | "signature">;
  readonly clock: Clock;
};

/** The record and the event of a target that ends so, where its record was `before`. */
export function settle(
  target: Target,
  before: OutputRecord | undefined,
  settlement: Settlement,
  run: SettlingRun,
): Settled {
  const { ending } = settlement;
  const record = recordAfter(target, before, settlement);
  return {
    target,
    record,
    event: eventOf(record, ending, run),
    before,
    isNews: !isKnown(before, record, ending),
    made: ending.outcome === "built",
    read: ending.read ?? null,
  };
}

/** The record of a target that ends so, where it was `before`. */
export function recordAfter(
  target: Target,
  before: OutputRecord | undefined,
  { how, change }: Pick<Settlement, "how" | "change">,
): OutputRecord {
  return {
    ...(before ?? blankRecord(target)),
    sitePath: target.sitePath,
    fault: null,
    culprits: [],
    ...change,
    status: transition(before?.status ?? "PENDING", how),
  };
}

function eventOf(
  { id, cause }: OutputRecord,
  { outcome, bytes, run }: Ending,
  { jobId, schedule, clock }: SettlingRun,
): TaskEvent {
  return {
    jobId,
    resourceId: id,
    outcome,
    place: { ...(schedule.places.get(id) ?? noPlace), planSignature: schedule.signature },
    worker: run?.worker ?? null,
    startedAt: run?.startedAt ?? clock(),
    durationMs: run?.durationMs ?? 0,
    bytes,
    cause,
  };
}

/** Of what a cycle kept out of the plan. */
const noPlace: SchedulePlace = { scheduleIndex: -1, generation: -1, generationOrder: -1, generationSize: 0 };

/** The same bytes may be copied from files of several types, and are kept as the first of them. */
function asTypeOf(target: Target, artifact: Artifact): Artifact {
  return target.kind === "copy" ? { ...artifact, type: mediaTypeOf(target.path) } : artifact;
}

/** Whether a failure that no task of this run had is the one that is kept. */
function isKnown(before: OutputRecord | undefined, record: OutputRecord, { outcome, run }: Ending): boolean {
  const isTried = run !== undefined || (outcome !== "failed" && outcome !== "poisoned");
  return !isTried && hasSameText(before, record);
}

/** Of a target that no run has come to. */
export function blankRecord({ id, kind }: Pick<Target, "id" | "kind">): OutputRecord {
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
