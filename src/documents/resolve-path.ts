import { fileNameOf, folderOf, resolveFromFolder, type ProjectPath } from "../base/project-path.ts";
import { remembered } from "./remembered.ts";
import { nameKey, type SiteIndex } from "./site-index.ts";

/** What a path leads to: a file, a folder without an index document, or a reason why nothing. */
export type Place =
  | { readonly type: "file"; readonly path: ProjectPath }
  | { readonly type: "folder"; readonly folder: string }
  | { readonly type: "missing" }
  | { readonly type: "outside" };

const missing: Place = { type: "missing" };
const outside: Place = { type: "outside" };
const extensions = ["md", "markdown", "mdown", "html", "htm"];

/**
 * Where a path leads that stands in a document of `folder`: from its folder, else, as Obsidian and site generators have
 * it, from the top of the site. The top may be a folder of the project, so each folder on the way down is tried.
 */
export const resolvePath = remembered((index: SiteIndex, folder: string, target: string): Place => {
  if (!isInside(target)) return outside;
  if (target.startsWith("/")) return resolveFromTops(index, folder, target.replace(/^\/+/, ""));
  const relative = resolveWithin(index, folder, target);
  if (relative.type !== "missing" || target.startsWith(".")) return relative;
  return resolveFromTops(index, folder, target);
});

/** Whether a target has none of the forms that some system would read as another drive, host or parent. */
export function isInside(target: string): boolean {
  return (
    !target.includes("\\") &&
    !target.includes("\0") &&
    !/^[a-z]:(?!\s)/i.test(target) &&
    !target.startsWith("//")
  );
}

function resolveFromTops(index: SiteIndex, folder: string, target: string): Place {
  const parts = folder === "" ? [] : folder.split("/");
  let first: Place | undefined;
  for (let depth = 0; depth <= parts.length; depth++) {
    const place = resolveWithin(index, parts.slice(0, depth).join("/"), target);
    if (place.type === "file" || place.type === "folder") return place;
    first ??= place;
  }
  return first ?? missing;
}

/** What a target names when it is read from one folder. */
export function resolveWithin(index: SiteIndex, folder: string, target: string): Place {
  const isFolder = target === "" || /(?:^|\/)\.{0,2}$/.test(target);
  const path = resolveFromFolder(folder, target);
  if (path === undefined) return isTop(folder, target) ? (folderPlace(index, "") ?? missing) : outside;
  return lookUp(index, path, isFolder) ?? missing;
}

/** Whether a target that is no `ProjectPath` names the project's top itself, without leaving it on the way. */
function isTop(folder: string, target: string): boolean {
  let depth = 0;
  for (const part of `${folder}/${target}`.split("/")) {
    if (part === "..") depth--;
    else if (part !== "" && part !== ".") depth++;
    if (depth < 0) return false;
  }
  return depth === 0;
}

function lookUp(index: SiteIndex, path: ProjectPath, isFolder: boolean): Place | undefined {
  if (!isFolder && index.sources.has(path)) return { type: "file", path };
  if (!isKnownName(index, path)) return undefined;
  return (
    firstFile(index, documentNames(path)) ??
    folderPlace(index, path) ??
    pageOfFolder(index, path) ??
    ignoringCase(index, path)
  );
}

/** Whether anything in the project has this name in any of its forms: spares most of the look-ups of a broken link. */
function isKnownName(index: SiteIndex, path: string): boolean {
  const name = nameKey(fileNameOf(path));
  if (index.byName.has(name) || name.startsWith("index")) return true;
  return index.byName.has(name.replace(/\.html?$/, "")) || index.folders.has(path.toLowerCase());
}

/** Documents that a path without extension, or with that of the finished page, may stand for. */
function documentNames(path: string): readonly string[] {
  const names = extensions.map((extension) => `${path}.${extension}`);
  const page = /^(.*[^/])\.html?$/i.exec(path)?.[1];
  return page === undefined ? names : [...extensions.map((extension) => `${page}.${extension}`), ...names];
}

function firstFile(index: SiteIndex, names: readonly string[]): Place | undefined {
  const path = names.find((name) => index.sources.has(name as ProjectPath));
  return path === undefined ? undefined : { type: "file", path: path as ProjectPath };
}

function folderPlace(index: SiteIndex, folder: string): Place | undefined {
  const path = index.indexes.get(folder);
  if (path !== undefined) return { type: "file", path };
  return index.folders.get(folder.toLowerCase()) === folder ? { type: "folder", folder } : undefined;
}

/** `guide/index.html` is the page of the folder `guide`, whatever its index document is called. */
function pageOfFolder(index: SiteIndex, path: string): Place | undefined {
  const isPage = /(?:^|\/)index(?:\.[a-z]+)?$/i.test(path);
  return isPage ? folderPlace(index, folderOf(path)) : undefined;
}

function ignoringCase(index: SiteIndex, path: string): Place | undefined {
  for (const name of [path, ...documentNames(path)]) {
    const found = index.byLowerPath.get(name.toLowerCase())?.[0];
    if (found !== undefined) return { type: "file", path: found };
  }
  const folder = index.folders.get(path.toLowerCase());
  return folder === undefined ? undefined : folderPlace(index, folder);
}
