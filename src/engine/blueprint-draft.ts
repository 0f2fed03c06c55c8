import { compareNames } from "../base/byte-order.ts";
import type { Json } from "../base/json.ts";
import type { ProjectPath } from "../base/project-path.ts";
import { assignSitePaths, type SitePaths } from "../documents/site-paths.ts";
import { buildSiteIndex, type SiteIndex } from "../documents/site-index.ts";
import type { ResourceId } from "../model/ids.ts";
import type { Problem } from "../model/problem.ts";
import type { Relationship, RelationshipType } from "../model/relationship.ts";
import type { Settings } from "../model/settings.ts";
import type { SourceRecord } from "../model/source.ts";
import type { ResolutionMemory } from "./resolution-memory.ts";
import type { Target } from "./target.ts";

/** A blueprint in the making. */
export type Draft = {
  readonly sources: ReadonlyMap<ProjectPath, SourceRecord>;
  readonly settings: Settings;
  readonly sitePaths: SitePaths;
  readonly index: SiteIndex;
  readonly memory: ResolutionMemory;
  readonly targets: Map<ResourceId, Target>;
  readonly relationships: Map<string, Relationship>;
  readonly problems: Problem[];
  /** 1-based line of the embed by which a target embeds itself. */
  readonly selfEmbeds: Map<ResourceId, number>;
};

export function openDraft(
  sources: ReadonlyMap<ProjectPath, SourceRecord>,
  settings: Settings,
  memory: ResolutionMemory,
): Draft {
  const records = [...sources.values()]
    .filter((record) => record.path !== settings.layout)
    .sort((a, b) => compareNames(a.path, b.path));
  memory.enter(records);
  const { sitePaths, problems } = assignSitePaths(records);
  return {
    sources,
    settings,
    sitePaths,
    index: buildSiteIndex(records),
    memory,
    targets: new Map(),
    relationships: new Map(),
    problems: [...problems],
    selfEmbeds: new Map(),
  };
}

/**
 * Adds a relationship unless the draft has it; the first one's metadata stays. What embeds itself is no relationship:
 * the target's own inputs say so, and the schedule finds the cycle.
 */
export function relate(
  draft: Draft,
  source: ResourceId,
  target: ResourceId,
  [type, metadata = null]: readonly [type: RelationshipType, metadata?: Json],
): void {
  if (source === target) return;
  const key = `${source}\n${target}\n${type}`;
  if (!draft.relationships.has(key)) draft.relationships.set(key, { source, target, type, metadata });
}

/** Ids by name, each once. */
export function sortedIds(ids: Iterable<ResourceId>): readonly ResourceId[] {
  return [...new Set(ids)].sort(compareNames);
}
