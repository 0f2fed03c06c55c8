import { compareNames } from "../base/byte-order.ts";
import { fileNameOf, folderOf, withoutExtension, type ProjectPath } from "../base/project-path.ts";
import { remembered } from "./remembered.ts";
import { isInside, resolvePath, resolveWithin, type Place } from "./resolve-path.ts";
import { nameKey, sharedFolders, type SiteIndex } from "./site-index.ts";

/** A place, and the other files that the same name would fit as well. */
export type NamedPlace = {
  readonly place: Place;
  readonly ambiguous: readonly ProjectPath[];
  /** Whether only an alias or a title fits. */
  readonly isLoose: boolean;
};

/**
 * Where the name in a wikilink leads: by path, else by the file name of any file, else by alias, else by title. Of
 * several the nearest to `folder` wins: most folders in common, then fewest folders, then by name. Those just as near
 * are told.
 */
export const resolveName = remembered((index: SiteIndex, folder: string, target: string): NamedPlace => {
  if (!isInside(target)) return only({ type: "outside" });
  const byPath = resolveByPath(index, folder, target);
  if (byPath.type === "file" || byPath.type === "outside") return only(byPath);
  const candidates = named(index, target);
  if (candidates !== undefined) return nearest(folder, candidates);
  const loose = index.byAlias.get(nameKey(target)) ?? alone(index.byTitle.get(nameKey(target)));
  return loose === undefined ? only(byPath) : { ...nearest(folder, loose), isLoose: true };
});

/** The one file of this very name, wherever it is, as Obsidian's shortest links have it. */
export function resolveFileName(index: SiteIndex, name: string): ProjectPath | undefined {
  const candidates = name.includes("/") ? [] : (index.byName.get(nameKey(name)) ?? []);
  return alone(candidates.filter((path) => fileNameOf(path) === name.normalize("NFC")))?.[0];
}

const only = (place: Place): NamedPlace => ({ place, ambiguous: [], isLoose: false });

/** Titles are no names: one that several documents have names none. */
function alone(paths: readonly ProjectPath[] | undefined): readonly ProjectPath[] | undefined {
  return paths?.length === 1 ? paths : undefined;
}

/**
 * A name with folders is read as a path first. A bare name is a path only in `folder` or at the project's top, so
 * that a folder of the same name does not hide a note elsewhere.
 */
function resolveByPath(index: SiteIndex, folder: string, target: string): Place {
  if (target.startsWith(".") || target.startsWith("/")) return resolvePath(index, folder, target);
  const beside = resolveWithin(index, folder, target);
  if (beside.type === "file" && isExact(beside.path, target)) return beside;
  const atTop = resolveWithin(index, "", target);
  if (atTop.type === "file" && isExact(atTop.path, target)) return atTop;
  if (beside.type === "outside") return beside;
  if (named(index, target) !== undefined) return { type: "missing" };
  return atTop.type === "missing" ? beside : atTop;
}

/** Whether a file carries the very name of the target, so that it is not a folder's index or found by case alone. */
function isExact(path: ProjectPath, target: string): boolean {
  const name = fileNameOf(target).normalize("NFC");
  return fileNameOf(path) === name || withoutExtension(fileNameOf(path)) === name;
}

/** Files whose name fits, and whose folders end as the target's do. Exact case is preferred. */
function named(index: SiteIndex, target: string): readonly ProjectPath[] | undefined {
  const folders = folderOf(target).normalize("NFC").toLowerCase();
  const found = (index.byName.get(nameKey(fileNameOf(target))) ?? []).filter(
    (path) => folders === "" || `/${folderOf(path).toLowerCase()}`.endsWith(`/${folders}`),
  );
  const exact = found.filter((path) => isExact(path, target));
  if (exact.length > 0) return exact;
  return found.length > 0 ? found : undefined;
}

function nearest(folder: string, candidates: readonly ProjectPath[]): NamedPlace {
  let best = { shared: -1, depth: 0 };
  let found: ProjectPath[] = [];
  for (const path of candidates) {
    const place = { shared: sharedFolders(folder, folderOf(path)), depth: path.split("/").length };
    const order = best.shared - place.shared || place.depth - best.depth;
    if (order < 0) [best, found] = [place, [path]];
    else if (order === 0) found.push(path);
  }
  const [first, ...ambiguous] = found.sort(compareNames);
  return first === undefined
    ? only({ type: "missing" })
    : { ...only({ type: "file", path: first }), ambiguous };
}
