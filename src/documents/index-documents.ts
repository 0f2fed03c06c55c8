import { compareNames } from "../base/byte-order.ts";
import { fileNameOf, folderOf, type ProjectPath } from "../base/project-path.ts";

/** Names of index documents in lower case, the strongest first. */
const indexNames = [
  "index.html",
  "index.htm",
  "index.md",
  "index.markdown",
  "index.mdown",
  "readme.md",
  "readme.markdown",
  "readme.mdown",
  "readme.html",
  "readme.htm",
];

/** The index document of each folder that has one. Of two that differ in case alone, the first by bytes. */
export function indexDocuments(documents: Iterable<ProjectPath>): Map<string, ProjectPath> {
  const found = new Map<string, { readonly path: ProjectPath; readonly rank: number }>();
  for (const path of documents) {
    const rank = indexNames.indexOf(fileNameOf(path).toLowerCase());
    if (rank < 0) continue;
    const known = found.get(folderOf(path));
    const order = known === undefined ? -1 : rank - known.rank || compareNames(path, known.path);
    if (order < 0) found.set(folderOf(path), { path, rank });
  }
  return new Map([...found].map(([folder, { path }]) => [folder, path]));
}
