import { compareNames } from "../base/byte-order.ts";
import type { Json } from "../base/json.ts";
import type { ProjectPath } from "../base/project-path.ts";
import type { SitePaths } from "../documents/site-paths.ts";
import type { ResourceId } from "../model/ids.ts";
import type { Problem } from "../model/problem.ts";
import type { Relationship, RelationshipType } from "../model/relationship.ts";
import type { Settings } from "../model/settings.ts";
import type { SourceRecord } from "../model/source.ts";
import { indexRemote, type RemoteIndex } from "./blueprint-remote.ts";
import type { DerivationMemory, Site } from "./derivation-memory.ts";
import type { Target } from "./target.ts";

/** A blueprint in the making. */
export type Draft = {
  readonly sources: ReadonlyMap<ProjectPath, SourceRecord>;
  readonly settings: Settings;
  readonly sitePaths: SitePaths;
  readonly site: Site;
  readonly remote: RemoteIndex;
  readonly memory: DerivationMemory;
  readonly targets: Map<ResourceId, Target>;
  readonly relationships: Map<string, Relationship>;
  readonly problems: Problem[];
  /** 1-based line of the embed by which a target embeds itself. */
  readonly selfEmbeds: Map<ResourceId, number>;
};

export function openDraft(
  sources: ReadonlyMap<ProjectPath, SourceRecord>,
  settings: Settings,
  memory: DerivationMemory,
): Draft {
  const records = [...sources.values()]
    .filter((record) => record.path !== settings.layout)
    .sort((a, b) => compareNames(a.path, b.path));
  const site = memory.site(records);
  return {
    sources,
    settings,
    sitePaths: site.sitePaths,
    site,
    remote: indexRemote(sources.values()),
    memory,
    targets: new Map(),
    relationships: new Map(),
    problems: [...site.problems],
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
