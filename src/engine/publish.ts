import type { ContentHash, ResourceId, SitePath } from "../model/ids.ts";
import type { OutputRecord } from "../model/output.ts";
import type { SiteFile } from "../model/wire.ts";
import { commitOutputs } from "../store/outputs.ts";
import type { EnginePorts } from "./ports.ts";
import type { Derived, ProjectState } from "./project-state.ts";

/**
 * Makes the site hold exactly the outputs, unless it is known to: this also mends what a crash between commit and
 * publication left.
 */
export async function publishAll(state: ProjectState, { site }: Pick<EnginePorts, "site">): Promise<void> {
  if (state.isPublished) return;
  const { projectId, published, outputs } = state;
  const wanted = filesOf(outputs.values());
  const remove = [...published.keys()].filter((path) => !wanted.has(path));
  await change({ projectId, published }, site, { put: newFiles(published, wanted), remove });
  state.isPublished = true;
}

/** Takes note of an output that went or became another, where that may leave something of it in the site. */
export function noteReplaced(
  state: ProjectState,
  before: OutputRecord | undefined,
  after?: OutputRecord,
): void {
  state.replaced.note(before, after);
  const isLeft = before !== undefined && before.sitePath !== null && before.sitePath !== after?.sitePath;
  if (isLeft) state.isPublished = false;
}

/** Puts outputs into the finished site, those that are there already left out. */
export async function publishOutputs(
  { projectId, published }: ProjectState,
  { site }: Pick<EnginePorts, "site">,
  outputs: readonly OutputRecord[],
): Promise<void> {
  await change({ projectId, published }, site, { put: newFiles(published, filesOf(outputs)), remove: [] });
}

/** Takes away the outputs of targets that the folder no longer asks for. Linear in what changed since it last looked. */
export async function removeOrphans(
  state: ProjectState,
  { blueprint }: Derived,
  { store }: Pick<EnginePorts, "store">,
): Promise<void> {
  const { targets } = blueprint;
  const { outputs, orderly } = state;
  const among = orderly?.targets === targets ? orderly.outputs.changesTo(outputs) : outputs;
  const removals = [...among.keys()].filter((id) => outputs.has(id) && !targets.has(id));
  if (removals.length > 0) await removeOutputs(state, removals, store);
  state.orderly = { targets, outputs: outputs.snapshot() };
}

async function removeOutputs(
  state: ProjectState,
  removals: readonly ResourceId[],
  store: EnginePorts["store"],
): Promise<void> {
  await commitOutputs(store, state.projectId, { upserts: [], removals, events: [], made: [] });
  for (const id of removals) {
    noteReplaced(state, state.outputs.get(id));
    state.outputs.delete(id);
    state.reads.delete(id);
  }
}

type SiteChange = { readonly put: readonly SiteFile[]; readonly remove: readonly SitePath[] };

async function change(
  { projectId, published }: Pick<ProjectState, "projectId" | "published">,
  site: EnginePorts["site"],
  { put, remove }: SiteChange,
): Promise<void> {
  if (put.length + remove.length === 0) return;
  await site.change(projectId, put, remove);
  for (const path of remove) published.delete(path);
  for (const { path, hash } of put) published.set(path, hash);
}

/** The files that outputs are in the site. */
function filesOf(outputs: Iterable<OutputRecord>): ReadonlyMap<SitePath, SiteFile> {
  const files = new Map<SitePath, SiteFile>();
  for (const { sitePath, artifact } of outputs) {
    if (sitePath !== null && artifact !== null) files.set(sitePath, { path: sitePath, ...artifact });
  }
  return files;
}

function newFiles(
  published: ReadonlyMap<SitePath, ContentHash>,
  files: ReadonlyMap<SitePath, SiteFile>,
): readonly SiteFile[] {
  return [...files.values()].filter(({ path, hash }) => published.get(path) !== hash);
}
