import { defaultSettings, type Settings } from "../model/settings.ts";
import { commitOutputs } from "../store/outputs.ts";
import type { EnginePorts } from "./ports.ts";
import { derive, orphanedOutputs, siteChanges } from "./prepare.ts";
import { noteMerged, type Derived, type ProjectState } from "./project-state.ts";

/**
 * Makes a project whose folder was not read as whole as the log and its outputs allow: the graph that its files ask
 * for, and the site that was made of them. Nothing is appended to the log, for only the folder could say that it is
 * wrong.
 */
export async function recallProject(
  state: ProjectState,
  settings: Settings | null,
  ports: EnginePorts,
): Promise<Derived> {
  state.settings = settings ?? defaultSettings;
  const derived = derive(state, state.sources, ports);
  state.derived = derived;
  // No folder has been compared with the log yet, whatever this graph looks like.
  await noteMerged(state, true, ports);
  // Under other settings than its own, a project would seem to ask for other outputs.
  if (settings !== null) await removeOrphans(state, derived, ports);
  const { put, remove } = siteChanges(state.published, state.outputs.values());
  if (put.length + remove.length > 0) await ports.site.change(state.projectId, put, remove);
  for (const path of remove) state.published.delete(path);
  for (const { path, hash } of put) state.published.set(path, hash);
  return derived;
}

/** What an earlier import brought and a later one no longer has. */
async function removeOrphans(state: ProjectState, derived: Derived, { store }: EnginePorts): Promise<void> {
  const removals = orphanedOutputs(state, derived);
  if (removals.length === 0) return;
  await commitOutputs(store, state.projectId, { upserts: [], removals, events: [], made: [] });
  for (const id of removals) state.outputs.delete(id);
}
