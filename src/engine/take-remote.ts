import type { ProjectPath } from "../base/project-path.ts";
import { expectArtifacts } from "../store/artifacts.ts";
import { renewLeases } from "../store/resources.ts";
import type { Artifact } from "../model/artifact.ts";
import type { Problem } from "../model/problem.ts";
import type { RemoteOrigin } from "../model/remote.ts";
import type { SourceBytes, SourceRecord } from "../model/source.ts";
import { fetchRemote, type FolderFiles, type RemotePorts, type RemoteProject } from "./fetch-remote.ts";
import type { EnginePorts } from "./ports.ts";
import type { FolderChange } from "./prepare.ts";
import type { ProjectState } from "./project-state.ts";
import type { RunProgress } from "./run-progress.ts";
import { scanFiles } from "./scan-files.ts";

/** How the remote resources of a project differ from what was known of them. */
export type RemoteChange = {
  /** To be recorded. */
  readonly changed: readonly SourceRecord[];
  readonly removed: readonly ProjectPath[];
  /** The same as before, but for their lease. */
  readonly renewed: readonly SourceRecord[];
  readonly problems: readonly Problem[];
  readonly bytes: ReadonlyMap<ProjectPath, SourceBytes>;
};

/** The files of the folder after a change. Cost: linear in the change and in those that show pictures of others. */
export function filesAfter(
  { sources, remoteUses }: Pick<ProjectState, "sources" | "remoteUses">,
  { changed, removed }: FolderChange,
): FolderFiles {
  const [there, gone] = [new Map(changed.map((record) => [record.path, record])), new Set(removed)];
  const showing = remoteUses.showing().filter(({ path }) => !there.has(path) && !gone.has(path));
  const isKept = (path: ProjectPath) => !gone.has(path) && sources.get(path)?.remote === undefined;
  return {
    has: (path) => there.has(path) || (sources.has(path) && isKept(path)),
    showing: [...showing, ...there.values()],
  };
}

/** Asks for what is due and tells what follows from it. Keeps nothing but that the copies which are stale are. */
export async function takeRemote(
  state: ProjectState,
  {
    progress,
    ...project
  }: Pick<RemoteProject, "settings" | "settingsPath" | "files"> & { readonly progress: RunProgress },
  ports: EnginePorts,
  signal: AbortSignal,
): Promise<RemoteChange> {
  const held = state.remoteUses.fetched();
  const memory = state.remote;
  const whole = { ...project, held, memory, isForeign: state.isMerged };
  const found = await fetchRemote(whole, remotePorts(ports, progress, signal), signal);
  memory.stale = found.stale;
  const after = new Map(found.records.map((record) => [record.path, record]));
  const changed = found.records.filter((record) => isNews(record, state.sources.get(record.path)));
  const isChanged = new Set(changed);
  return {
    changed,
    removed: held.map(({ path }) => path).filter((path) => !after.has(path) && !project.files.has(path)),
    renewed: found.records.filter(
      (record) => !isChanged.has(record) && record !== state.sources.get(record.path),
    ),
    problems: found.problems,
    bytes: new Map(
      found.records.map(({ path, contentHash: hash }) => [path, { type: "artifact", hash }] as const),
    ),
  };
}

/** Keeps leases that were renewed, in the database and in memory. */
export async function keepLeases(
  state: ProjectState,
  renewed: readonly SourceRecord[],
  { store }: EnginePorts,
): Promise<void> {
  if (renewed.length === 0) return;
  await renewLeases(store, state.projectId, renewed);
  for (const record of renewed) state.sources.set(record.path, record);
}

function remotePorts(ports: EnginePorts, progress: RunProgress, signal: AbortSignal): RemotePorts {
  const { runner, clock, online, hasher, bytes, store } = ports;
  return {
    runner,
    clock,
    now: clock(),
    online: online(),
    hash: (text) => hasher.text(text),
    present: (hashes) => bytes.present(hashes),
    scan: (entries) => scanFiles(entries, { runner, scanned: () => {} }, signal),
    asking: (count) => progress.enter("fetching", count),
    settled: (count) => progress.pass(count, 0),
    stored: (artifacts) => expect(store, artifacts),
  };
}

/** So that they can be collected, should the tab be closed before they are recorded. */
async function expect(store: EnginePorts["store"], artifacts: readonly Artifact[]): Promise<void> {
  if (artifacts.length > 0) await store.transaction((db) => expectArtifacts(db, artifacts));
}

/** Whether a record says more than that a lease was renewed. */
function isNews(record: SourceRecord, known: SourceRecord | undefined): boolean {
  if (known === record) return false;
  if (known?.remote === undefined || record.remote === undefined) return true;
  const isSameScan = known.facts === record.facts && known.fault === record.fault;
  return !isSameScan || originText(known.remote) !== originText(record.remote);
}

function originText({ kind, url, finalUrl, etag, lastModified }: RemoteOrigin): string {
  return JSON.stringify([kind, url, finalUrl, etag, lastModified]);
}
