import type { ContentHash, ResourceId } from "../model/ids.ts";
import type { ConsistencyToken } from "../model/operation.ts";
import type { OutputRecord } from "../model/output.ts";
import { fileId } from "../model/resource.ts";
import { deriveBlueprint } from "./blueprint.ts";
import { relationshipKey, relationshipOperations, relationshipsAfter, sourceOperations } from "./changes.ts";
import type { Relationship } from "../model/relationship.ts";
import { scheduleTargets } from "./schedule-targets.ts";
import type { EnginePorts } from "./ports.ts";
import { noteMerged, type Derived, type ProjectState } from "./project-state.ts";
import type { ProjectPath } from "../base/project-path.ts";
import type { SourceRecord } from "../model/source.ts";

/** What an intake found out about the folder. */
export type FolderChange = {
  readonly changed: readonly SourceRecord[];
  readonly removed: readonly ProjectPath[];
};

/**
 * Takes a change of the folder into the project: derives the blueprint, appends the operations that say what
 * changed, and keeps state and database in step. The state changes only after the log has it. Gives the token of what
 * it recorded, or `null`.
 */
export async function takeChange(
  state: ProjectState,
  change: FolderChange,
  ports: EnginePorts,
): Promise<ConsistencyToken | null> {
  const derived = deriveAfter(state, change, ports);
  const relationships = derived === state.derived && !state.isMerged ? null : relationshipsOf(derived);
  const operations = [
    ...sourceOperations(change.changed, change.removed),
    ...(relationships === null ? [] : relationshipOperations(state.relationships, relationships)),
  ];
  const token = operations.length > 0 ? await state.log.record(operations) : null;
  putChange(state.sources, change);
  if (relationships !== null) state.relationships = relationshipsAfter(state.relationships, relationships);
  state.derived = derived;
  await noteMerged(state, false, ports);
  return token;
}

/** What the sources will ask for. When this returns they are as before. */
function deriveAfter(state: ProjectState, change: FolderChange, ports: EnginePorts): Derived {
  const { sources } = state;
  const before = sources.snapshot();
  putChange(sources, change);
  try {
    return derive(state, sources, ports);
  } finally {
    for (const [path, source] of before.changesTo(sources)) {
      if (source === undefined) sources.delete(path);
      else sources.set(path, source);
    }
  }
}

function putChange(sources: ProjectState["sources"], { changed, removed }: FolderChange): void {
  for (const path of removed) sources.delete(path);
  for (const source of changed) sources.set(source.path, source);
}

function relationshipsOf({ blueprint }: Derived): ReadonlyMap<string, Relationship> {
  return new Map(blueprint.relationships.map((entry) => [relationshipKey(entry), entry]));
}

/**
 * What these sources ask for under the settings as they are: the same object where that is what was derived last.
 * Changes nothing but what is remembered for the next time.
 */
export function derive(
  state: ProjectState,
  sources: ReadonlyMap<ProjectPath, SourceRecord>,
  ports: Pick<EnginePorts, "hasher">,
): Derived {
  const blueprint = deriveBlueprint(sources, state);
  if (state.derived?.blueprint === blueprint) return state.derived;
  const work = { targets: blueprint.targets, files: [...sources.keys()].map(fileId) };
  const last = state.derived && { ...state.derived.work, schedule: state.derived.schedule };
  return { blueprint, work, schedule: scheduleTargets(work, ports.hasher, last) };
}

/** Outputs whose bytes the store no longer has: a browser may evict what a site keeps. */
export async function findLost(
  outputs: ReadonlyMap<ResourceId, OutputRecord>,
  present: (hashes: readonly ContentHash[]) => Promise<ReadonlySet<ContentHash>>,
): Promise<readonly OutputRecord[]> {
  const withBytes = [...outputs.values()].filter(({ artifact }) => artifact !== null);
  const hashes = new Set(withBytes.flatMap(({ artifact }) => artifact?.hash ?? []));
  const there = await present([...hashes]);
  return withBytes.filter(({ artifact }) => artifact !== null && !there.has(artifact.hash));
}
