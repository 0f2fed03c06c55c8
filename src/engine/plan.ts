import type { Fault } from "../base/fault.ts";
import type { Hasher } from "../base/xxhash.ts";
import type { ProjectPath } from "../base/project-path.ts";
import type { ResourceId, TaskKey } from "../model/ids.ts";
import type { OutputRecord } from "../model/output.ts";
import { filePathOf } from "../model/resource.ts";
import { cycleFault, mayPass } from "./faults.ts";
import { causeOf } from "./explain.ts";
import { keyParts, taskKeyOf, type Known } from "./key-parts.ts";
import type { RetryScope } from "../model/wire.ts";
import type { TargetSchedule } from "./schedule-targets.ts";
import type { Target } from "./target.ts";

/** Why a target cannot be built, and the way from it to the one that is to blame. */
export type Poison = { readonly fault: Fault; readonly culprits: readonly ResourceId[] };

/** What a build would do, decided before anything runs. */
export type Plan = {
  /** Targets that may have to run, in the order of the schedule, each with why. */
  readonly dirty: ReadonlyMap<ResourceId, string>;
  readonly poisoned: ReadonlyMap<ResourceId, Poison>;
  /** How many other targets have an output that is known to be what a build from scratch would give. */
  readonly clean: number;
};

export type PlanOptions = {
  /** Only what this target needs, itself included; `null` for everything. */
  readonly root: ResourceId | null;
  /** Run every task of the plan, whatever its key. */
  readonly force: boolean;
  /** `only` what failed and what it holds back, with what these need. */
  readonly failed?: RetryScope | undefined;
  /** The targets that may be dirty; the others are known to be clean. */
  readonly impacted: ReadonlySet<ResourceId>;
  readonly hasher: Hasher;
};

/**
 * Decides what is dirty in one walk along the schedule: a target whose key differs from that of its last run, or
 * that waits for a dirty one. A dirty target may still turn out unchanged when its inputs do (early cut-off).
 * Cost: one key for each target that is impacted and does not wait for a dirty one; linear in these, where it is not
 * limited.
 */
export function planBuild(
  targets: ReadonlyMap<ResourceId, Target>,
  schedule: TargetSchedule,
  known: Known,
  options: PlanOptions,
): Plan {
  const wanted = wantedTargets(targets, known, options);
  const poisoned = poisonCycles(targets, schedule);
  const dirty = new Map<ResourceId, string>();
  let unbuilt = 0;
  for (const target of options.force ? schedule.order : inOrder(options.impacted, targets, schedule)) {
    if (wanted !== undefined && !wanted.has(target.id)) continue;
    const poison = poisonOf(target, known, poisoned);
    if (poison !== undefined) {
      poisoned.set(target.id, poison);
      unbuilt++;
      continue;
    }
    const cause = dirtyCause(target, known, { dirty, ...options });
    if (cause !== undefined) dirty.set(target.id, cause);
  }
  if (wanted !== undefined) for (const id of poisoned.keys()) if (!wanted.has(id)) poisoned.delete(id);
  return { dirty, poisoned, clean: scheduledCount(schedule, wanted) - dirty.size - unbuilt };
}

/** Targets in the order of the schedule, without those that it has no place for. */
function inOrder(
  ids: ReadonlySet<ResourceId>,
  targets: ReadonlyMap<ResourceId, Target>,
  { order, places }: TargetSchedule,
): readonly Target[] {
  // To sort takes some times as long as to walk.
  if (ids.size > order.length / 20) return order.filter(({ id }) => ids.has(id));
  const placed = [...ids].flatMap((id) => {
    const [target, place] = [targets.get(id), places.get(id)];
    return target === undefined || place === undefined ? [] : [{ target, at: place.scheduleIndex }];
  });
  return placed.sort((a, b) => a.at - b.at).map(({ target }) => target);
}

function scheduledCount(
  { order, places }: TargetSchedule,
  wanted: ReadonlySet<ResourceId> | undefined,
): number {
  return wanted === undefined ? order.length : [...wanted].filter((id) => places.has(id)).length;
}

/** Whether a record stands for these inputs: the last run had the same key, and its output is still there. */
export function isCurrent(
  record: OutputRecord | undefined,
  key: OutputRecord["taskKey"],
): record is OutputRecord {
  return record?.status === "DONE" && record.taskKey === key && record.artifact !== null;
}

/** Whether the same inputs failed before in a way that trying again would not mend. */
export function isKnownFailure(
  record: OutputRecord | undefined,
  key: TaskKey,
): record is OutputRecord & { readonly fault: Fault } {
  if (record?.status !== "FAILED" || record.taskKey !== key) return false;
  return record.fault !== null && !mayPass(record.fault);
}

function dirtyCause(
  target: Target,
  known: Known,
  { dirty, force, hasher }: Pick<PlanOptions, "force" | "hasher"> & { dirty: Plan["dirty"] },
): string | undefined {
  const waitsFor = target.inputs.find((id) => dirty.has(id));
  if (waitsFor !== undefined) return `${waitsFor} may change`;
  if (force) return "asked for";
  const record = known.outputs.get(target.id);
  const parts = keyParts(target, known);
  if (isCurrent(record, taskKeyOf(parts, hasher))) return undefined;
  return causeOf(target, record, { parts, since: known.since });
}

/** What the build is limited to; `undefined` for everything. */
function wantedTargets(
  targets: ReadonlyMap<ResourceId, Target>,
  { outputs }: Known,
  { root, failed }: Pick<PlanOptions, "root" | "failed">,
): ReadonlySet<ResourceId> | undefined {
  const asked = root === null ? undefined : closureOf(targets, root);
  if (failed !== "only") return asked;
  const unmade = [...(asked ?? targets.keys())].filter((id) => {
    const status = targets.has(id) ? outputs.get(id)?.status : undefined;
    return status === "FAILED" || status === "POISONED";
  });
  return new Set(unmade.flatMap((id) => [...closureOf(targets, id)]));
}

/** Poison comes from a file that could not be read, or from an input that is poisoned itself. */
function poisonOf(
  target: Target,
  known: Known,
  poisoned: ReadonlyMap<ResourceId, Poison>,
): Poison | undefined {
  for (const id of target.inputs) {
    const above = poisoned.get(id);
    if (above !== undefined) return { fault: above.fault, culprits: [target.id, ...above.culprits] };
    const path = filePathOf(id);
    const fault = path === undefined ? null : faultOf(known, path);
    if (fault !== null) return { fault, culprits: [target.id, id] };
  }
  return undefined;
}

function faultOf(known: Known, path: ProjectPath): Fault | null {
  return known.sources.get(path)?.fault ?? null;
}

/** The members of cycles, and what lies behind them with the way there. */
function poisonCycles(
  targets: ReadonlyMap<ResourceId, Target>,
  schedule: TargetSchedule,
): Map<ResourceId, Poison> {
  const poisoned = new Map<ResourceId, Poison>();
  for (const cycle of schedule.cycles) {
    const fault = cycleFault(cycle.path);
    for (const name of cycle.members)
      poisoned.set(name as ResourceId, { fault, culprits: [name as ResourceId] });
  }
  const waiting = [...poisoned.keys()];
  for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
    const above = poisoned.get(id);
    if (above === undefined) continue;
    for (const dependent of schedule.dependents.get(id) ?? []) {
      if (poisoned.has(dependent.id) || !targets.has(dependent.id)) continue;
      poisoned.set(dependent.id, { fault: above.fault, culprits: [dependent.id, ...above.culprits] });
      waiting.push(dependent.id);
    }
  }
  return poisoned;
}

/** A resource with all the files and targets that it waits for, at any depth. */
export function closureOf(
  targets: ReadonlyMap<ResourceId, Target>,
  root: ResourceId,
): ReadonlySet<ResourceId> {
  const closure = new Set([root]);
  const waiting = [root];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    for (const input of targets.get(id)?.inputs ?? []) {
      if (closure.has(input)) continue;
      closure.add(input);
      waiting.push(input);
    }
  }
  return closure;
}
