import { defaultSettings, type Settings } from "../model/settings.ts";
import type { EnginePorts } from "./ports.ts";
import { derive } from "./prepare.ts";
import { noteMerged, type Derived, type ProjectState } from "./project-state.ts";
import { publishAll, removeOrphans } from "./publish.ts";

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
  // An earlier import may have brought what a later one no longer has; under other settings than its own, a project would seem to ask for other outputs.
  if (settings !== null) await removeOrphans(state, derived, ports);
  await publishAll(state, ports);
  return derived;
}
