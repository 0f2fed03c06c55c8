import type { ProjectPath } from "../base/project-path.ts";
import { TrackedMap, type Snapshot } from "../base/tracked-map.ts";
import { parseSettings } from "../documents/settings.ts";
import type { ContentHash, ProjectId, ResourceId, SitePath } from "../model/ids.ts";
import type { OutputRecord } from "../model/output.ts";
import type { Problem } from "../model/problem.ts";
import type { Relationship } from "../model/relationship.ts";
import { defaultSettings, type Settings } from "../model/settings.ts";
import type { SourceBytes, SourceRecord } from "../model/source.ts";
import { openLog, type Log } from "../log/open-log.ts";
import { loadOutputs, loadSources } from "../store/resources.ts";
import { isMerged, putProject, setMerged } from "../store/projects.ts";
import type { ReadDifference } from "../rules/compare-reads.ts";
import type { DependencyDifference } from "../rules/dependency-map.ts";
import type { Blueprint } from "./target.ts";
import { relationshipKey } from "./changes.ts";
import type { PlanBasis } from "./plan-basis.ts";
import type { EnginePorts } from "./ports.ts";
import type { EarlierBuild } from "./earlier-build.ts";
import type { FolderListing } from "./folder-listing.ts";
import { newRemoteMemory, type RemoteMemory } from "./fetch-remote.ts";
import { RemoteUses } from "./remote-uses.ts";
import { Replacements } from "./replacements.ts";
import { DerivationMemory } from "./derivation-memory.ts";
import type { TargetSchedule, Work } from "./schedule-targets.ts";

/** Everything that follows from the sources and the settings, derived anew when one of them changed. */
export type Derived = {
  readonly blueprint: Blueprint;
  /** What `schedule` was made for. */
  readonly work: Work;
  readonly schedule: TargetSchedule;
};

/** A project that is open: what the database knows of it, kept in memory and written there first. */
export type ProjectState = {
  readonly projectId: ProjectId;
  readonly name: string;
  readonly log: Log;
  readonly sources: TrackedMap<ProjectPath, SourceRecord>;
  readonly outputs: TrackedMap<ResourceId, OutputRecord>;
  /** As the indexer has them, by `relationshipKey`. */
  relationships: ReadonlyMap<string, Relationship>;
  /** What the finished site holds: hash by path. */
  readonly published: Map<SitePath, ContentHash>;
  /** Whether the site holds the outputs and nothing else, but for what a run goes on to publish. */
  isPublished: boolean;
  /** The folder as the last intake told it; `null` before. */
  listing: FolderListing | null;
  /** Whether another copy of the log was merged into this one since the folder was last read; see `noteMerged`. */
  isMerged: boolean;
  /** Where the bytes of the files are, once an intake told; empty before. */
  readonly bytes: Map<ProjectPath, SourceBytes>;
  settings: Settings;
  readonly remote: RemoteMemory;
  readonly remoteUses: RemoteUses;
  /** Of the settings, of the last intake and of what it fetched. */
  intakeProblems: readonly Problem[];
  derived: Derived | null;
  readonly memory: DerivationMemory;
  /** By target whose task ran: how the files that it read differ from what its rule requires; `null` where not at all. */
  readonly reads: Map<ResourceId, ReadDifference | null>;
  /** Of the last whole build since the project was opened. */
  pipeline: DependencyDifference | null;
  /** Of the last build of everything, unless something was built since from less. */
  basis: PlanBasis | null;
  /** What the last build of anything that made something found: what it did is explained by the difference. */
  basisBefore: PlanBasis | EarlierBuild | null;
  /** Until something was made in this visit. */
  earlier: EarlierBuild | null;
  /** Whether all outputs were found in the artifact store since the project was opened. */
  verified: boolean;
  /** The targets that all outputs were found to belong to, and the outputs as they were then; see `removeOrphans`. */
  orderly: {
    readonly targets: Blueprint["targets"];
    readonly outputs: Snapshot<ResourceId, OutputRecord>;
  } | null;
  /** Of the outputs, since the last collection. */
  readonly replaced: Replacements;
  /** Of the graph snapshot that was kept last. */
  keptSignature: string | null;
};

/** Opens a project and loads what is known of it. About 10 µs for each file and output. */
export async function openProjectState(
  projectId: ProjectId,
  name: string,
  ports: EnginePorts,
): Promise<ProjectState> {
  const { store, clock, site } = ports;
  await putProject(store, { projectId, name }, clock());
  const log = await openLog(store, projectId, clock);
  const sources = await loadSources(store, projectId);
  const outputs = await loadOutputs(store, projectId);
  const relationships = await loadRelationships(log);
  const published = await site.list(projectId);
  const tracked = new TrackedMap(sources.map((source) => [source.path, source] as const));
  return {
    projectId,
    name,
    log,
    sources: tracked,
    outputs: new TrackedMap(outputs.map((output) => [output.id, output])),
    relationships,
    published: new Map(published.map(({ path, hash }) => [path, hash])),
    isPublished: false,
    listing: null,
    isMerged: await isMerged(store, projectId),
    bytes: new Map(),
    settings: defaultSettings,
    remote: newRemoteMemory(),
    remoteUses: new RemoteUses(tracked),
    intakeProblems: [],
    derived: null,
    memory: new DerivationMemory(ports.hasher),
    reads: new Map(),
    pipeline: null,
    basis: null,
    basisBefore: null,
    earlier: null,
    verified: false,
    orderly: null,
    replaced: new Replacements(),
    keptSignature: null,
  };
}

async function loadRelationships(log: Log): Promise<ProjectState["relationships"]> {
  const relationships = await log.indexer.loadAll();
  return new Map(relationships.map((relationship) => [relationshipKey(relationship), relationship]));
}

/** Notes whether the log says of the folder what was not read here: in the database first, since a tab may be closed. */
export async function noteMerged(
  state: ProjectState,
  merged: boolean,
  { store }: Pick<EnginePorts, "store">,
): Promise<void> {
  if (state.isMerged === merged) return;
  await setMerged(store, state.projectId, merged);
  state.isMerged = merged;
}

/** Makes sources and relationships in memory those of a log that another copy was merged into. */
export async function reloadMerged(
  state: ProjectState,
  { store }: Pick<EnginePorts, "store">,
): Promise<void> {
  const sources = await loadSources(store, state.projectId);
  state.relationships = await loadRelationships(state.log);
  state.sources.clear();
  for (const source of sources) state.sources.set(source.path, source);
}

/**
 * Makes the outputs in memory those of the database. A run puts its records there before they are committed, so one
 * that fails leaves some that were never written. Where not even this succeeds, nothing counts as built.
 */
export async function reloadOutputs(state: ProjectState, { store }: EnginePorts): Promise<void> {
  const outputs = await loadOutputs(store, state.projectId).catch(() => []);
  state.outputs.clear();
  for (const output of outputs) state.outputs.set(output.id, output);
  state.replaced.noteUnknown();
  state.isPublished = false;
  state.verified = false;
}

/** The settings of a project's `strata.yaml`, with its problems; the defaults when there is none. */
export async function readSettings(
  bytesOf: (path: ProjectPath) => SourceBytes | undefined,
  readText: (bytes: SourceBytes) => Promise<string>,
): Promise<{
  readonly settings: Settings;
  readonly path: ProjectPath;
  readonly problems: readonly Problem[];
}> {
  const none = { settings: defaultSettings, path: "strata.yaml" as ProjectPath, problems: [] };
  const path = (["strata.yaml", "strata.yml"] as ProjectPath[]).find((name) => bytesOf(name) !== undefined);
  const source = path === undefined ? undefined : bytesOf(path);
  if (path === undefined || source === undefined) return none;
  const { settings, problems } = parseSettings(await readText(source));
  return { settings, path, problems: problems.map((problem) => ({ ...problem, path })) };
}
