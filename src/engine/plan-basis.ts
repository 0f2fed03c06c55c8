import type { ProjectPath } from "../base/project-path.ts";
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

/** What a build of everything was made from. After it, each target that is DONE stands for exactly this. */
export type PlanBasis = {
  readonly targets: ReadonlyMap<ResourceId, Target>;
  readonly sources: ReadonlyMap<ProjectPath, SourceRecord>;
  readonly frame: SiteFrame;
  readonly settings: Settings;
};

/** What causes name the differences of; nothing without a basis. */
export function sinceBasis(basis: PlanBasis | null, now: PlanBasis["targets"]): Since | undefined {
  return basis === null ? undefined : { before: basis.targets, now };
}

/** What a plan starts from: the folder and settings as they are, and what is known to be made. */
export type PlanState = Omit<PlanBasis, "settings"> & {
  readonly outputs: ReadonlyMap<ResourceId, OutputRecord>;
  readonly schedule: TargetSchedule;
};

/**
 * The targets whose keys may differ from those of their last success: what changed since `basis`, what is not DONE,
 * and all that the rule graph builds from either. Everything, where there is no basis or the frame of all pages
 * changed. Cost: one look at each file and target, then what is reached.
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
  return [...targets.values()]
    .filter((target) => basis.targets.get(target.id) !== target || !isMade(outputs.get(target.id)))
    .map(({ id }) => id);
}

function isMade(record: OutputRecord | undefined): boolean {
  return record?.status === "DONE" && record.artifact !== null;
}

function changedFiles(basis: PlanBasis, { sources }: PlanState): readonly ResourceId[] {
  const changed: ResourceId[] = [];
  let common = 0;
  for (const [path, source] of sources) {
    const before = basis.sources.get(path);
    if (before !== undefined) common++;
    if (!isSameSource(before, source)) changed.push(fileId(path));
  }
  if (common === basis.sources.size) return changed;
  for (const path of basis.sources.keys()) if (!sources.has(path)) changed.push(fileId(path));
  return changed;
}
