import type { ProjectPath } from "../base/project-path.ts";
import type { Snapshot, TrackedMap } from "../base/tracked-map.ts";
import { asResourceId, type ResourceId } from "../model/ids.ts";
import type { Settings } from "../model/settings.ts";
import type { OutputRecord } from "../model/output.ts";
import { fileId } from "../model/resource.ts";
import type { SourceRecord } from "../model/source.ts";
import { impactOf } from "../rules/impact.ts";
import { isSameSource } from "./changed-inputs.ts";
import type { Since } from "./differing-files.ts";
import { hasSameText } from "./reuse-targets.ts";
import type { TargetSchedule } from "./schedule-targets.ts";
import type { SiteFrame, Target } from "./target.ts";

/** The folder and settings at one time, and what they ask for. */
export type Moment = {
  readonly targets: ReadonlyMap<ResourceId, Target>;
  readonly sources: ReadonlyMap<ProjectPath, SourceRecord>;
  readonly frame: SiteFrame;
  readonly settings: Settings;
};

/** What a build of everything was made from. After it, each target that is DONE stands for exactly this. */
export type PlanBasis = Pick<Moment, "targets" | "frame" | "settings"> & {
  readonly sources: Snapshot<ProjectPath, SourceRecord>;
  readonly outputs: Snapshot<ResourceId, OutputRecord>;
  /** The targets that were not DONE then. */
  readonly unmade: ReadonlySet<ResourceId>;
};

/** The whole of a basis. Cost: linear in the files. */
export function momentOf({ targets, frame, settings, sources }: PlanBasis): Moment {
  return { targets, frame, settings, sources: sources.toMap() };
}

/** What causes name the differences of; nothing without a basis. */
export function sinceBasis(basis: PlanBasis | null, now: PlanBasis["targets"]): Since | undefined {
  return basis === null ? undefined : { before: basis.targets, now };
}

/** What a plan starts from: the folder as it is, and what is known to be made. */
export type PlanState = Omit<Moment, "settings"> & {
  readonly outputs: ReadonlyMap<ResourceId, OutputRecord>;
  readonly schedule: TargetSchedule;
};

/**
 * The basis that a build leaves behind which found the basis `last`. Cost: linear in what changed since `last`, where
 * the targets are the same map.
 */
export function basisAfter(
  last: PlanBasis | null,
  { targets, frame, settings }: Omit<Moment, "sources">,
  { sources, outputs }: Made,
): PlanBasis {
  const unmade = new Set(unmadeTargets(last, targets, outputs));
  return { targets, frame, settings, sources: sources.snapshot(), outputs: outputs.snapshot(), unmade };
}

type Made = {
  readonly sources: TrackedMap<ProjectPath, SourceRecord>;
  readonly outputs: TrackedMap<ResourceId, OutputRecord>;
};

/** The targets that are not DONE. */
function unmadeTargets(
  last: PlanBasis | null,
  targets: Moment["targets"],
  outputs: ReadonlyMap<ResourceId, OutputRecord>,
): readonly ResourceId[] {
  const isSame = last !== null && last.targets === targets;
  const among = isSame
    ? new Set([...last.unmade, ...last.outputs.changesTo(outputs).keys()])
    : targets.keys();
  return [...among].filter((id) => targets.has(id) && !isMade(outputs.get(id)));
}

/**
 * The targets whose keys may differ from those of their last success: what changed since `basis`, what is not DONE,
 * and all that the rule graph builds from either. Everything, where there is no basis or the frame of all pages
 * changed. Cost: linear in what changed and what is reached, and one look at each target where another blueprint was
 * derived.
 */
export function impactedTargets(basis: PlanBasis | null, now: PlanState): ReadonlySet<ResourceId> {
  if (basis === null || !hasSameText(basis.frame, now.frame)) return new Set(now.targets.keys());
  const changed = changedTargets(basis, now);
  return new Set([
    ...changed,
    ...impactOf(now.schedule.graph, [...changedFiles(basis, now), ...changed]).rules.map(asResourceId),
  ]);
}

function changedTargets(basis: PlanBasis, { targets, outputs }: PlanState): readonly ResourceId[] {
  const unmade = unmadeTargets(basis, targets, outputs);
  if (basis.targets === targets) return unmade;
  const others = [...targets.values()].filter((target) => basis.targets.get(target.id) !== target);
  return [...unmade, ...others.map(({ id }) => id)];
}

function isMade(record: OutputRecord | undefined): boolean {
  return record?.status === "DONE" && record.artifact !== null;
}

function changedFiles(basis: PlanBasis, { sources }: PlanState): readonly ResourceId[] {
  return [...basis.sources.changesTo(sources)]
    .filter(([path, before]) => !isSameSource(before, sources.get(path)))
    .map(([path]) => fileId(path));
}
