import { fileNameOf, folderOf, withoutExtension, type ProjectPath } from "../base/project-path.ts";
import { indexSlips, longestName, slipsOf, type SlipIndex } from "./single-slips.ts";
import { nameKey, sharedFolders, type SiteIndex } from "./site-index.ts";

/**
 * The file that a broken reference most likely meant: one of the same name elsewhere, else one whose name is a
 * single slip away (a letter too many, too few, another, or two swapped). Of several the one with most folders in
 * common with `from`; `undefined` when there is none. Cost: the first question indexes all names, and the first one
 * for a name the files of it; each one after is a few look-ups for each letter and folder.
 */
export function nearestFile(index: SiteIndex, from: ProjectPath, target: string): ProjectPath | undefined {
  const name = nameKey(fileNameOf(target.replace(/\/+$/, "")));
  if (name === "" || name.length > longestName) return undefined;
  const memory = memoryOf(index);
  const same = [name, withoutExtension(name)].find((known) => index.byName.has(known));
  const names = same === undefined ? slipsOf(slipsIn(memory, index), name) : [same];
  let best: { readonly path: ProjectPath; readonly shared: number } | undefined;
  for (const known of names) {
    const path = nearestNamed(memory, index, { name: known, folder: folderOf(from) });
    const shared = path === undefined ? -1 : sharedFolders(folderOf(from), folderOf(path));
    if (path !== undefined && shared > (best?.shared ?? -1)) best = { path, shared };
  }
  return best?.path;
}

/** What the questions about a site so far have worked out. */
type Memory = {
  slips: SlipIndex | undefined;
  /** By name: the first file of it in or below each folder. */
  readonly firsts: Map<string, ReadonlyMap<string, ProjectPath>>;
};

const memories = new WeakMap<SiteIndex, Memory>();

function memoryOf(index: SiteIndex): Memory {
  const memory = memories.get(index) ?? { slips: undefined, firsts: new Map() };
  memories.set(index, memory);
  return memory;
}

function slipsIn(memory: Memory, index: SiteIndex): SlipIndex {
  memory.slips ??= indexSlips(index.byName.keys());
  return memory.slips;
}

/** Of the files of a name the first that shares most folders: one in the innermost folder above that has any. */
function nearestNamed(
  { firsts }: Memory,
  index: SiteIndex,
  { name, folder }: { readonly name: string; readonly folder: string },
): ProjectPath | undefined {
  const known = firsts.get(name) ?? firstsBelow(index.byName.get(name) ?? []);
  firsts.set(name, known);
  for (const above of upwards(folder)) {
    const found = known.get(above);
    if (found !== undefined) return found;
  }
  return undefined;
}

function firstsBelow(paths: readonly ProjectPath[]): ReadonlyMap<string, ProjectPath> {
  const firsts = new Map<string, ProjectPath>();
  for (const path of paths) {
    for (const above of upwards(folderOf(path))) if (!firsts.has(above)) firsts.set(above, path);
  }
  return firsts;
}

/** A folder and all above it, the project's top at the end. */
function upwards(folder: string): readonly string[] {
  const folders: string[] = [];
  for (let above = folder; above !== ""; above = folderOf(above)) folders.push(above);
  return [...folders, ""];
}
