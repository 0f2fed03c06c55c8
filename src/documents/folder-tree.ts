import { invariant } from "../base/invariant.ts";
import { fileNameOf, folderOf, type ProjectPath } from "../base/project-path.ts";
import type { SitePath } from "../model/ids.ts";
import type { SourceRecord } from "../model/source.ts";
import {
  compareOrdered,
  foldersAbove,
  orderOfSource,
  titleOfFolder,
  titleOfSource,
  type Ordered,
} from "./source-title.ts";

/** A page or a folder as its parent folder lists it. */
export type FolderEntry = Ordered & {
  readonly title: string;
  readonly href: SitePath;
  /** The folder that the entry opens, or `null` for a page. */
  readonly folder: string | null;
};

/** What the tree is made from: the part of `SitePaths` that concerns pages. */
export type PagePlaces = {
  readonly pages: ReadonlyMap<ProjectPath, SitePath>;
  readonly listings: ReadonlyMap<string, SitePath>;
  readonly indexes: ReadonlyMap<string, ProjectPath>;
};

type Sources = ReadonlyMap<ProjectPath, Pick<SourceRecord, "path" | "facts">>;

/**
 * The entries of every folder that holds documents, in the order in which they are shown. An index document is not an
 * entry of its own folder: it stands for the folder in the parent's.
 */
export function buildFolderTree(places: PagePlaces, sources: Sources): Map<string, FolderEntry[]> {
  const tree = new Map<string, FolderEntry[]>();
  for (const folder of foldersAbove(places.pages.keys())) tree.set(folder, []);
  for (const [path, href] of places.pages) {
    const folder = folderOf(path);
    if (places.indexes.get(folder) !== path) tree.get(folder)?.push(pageEntry(sources, path, href));
  }
  for (const folder of tree.keys()) {
    if (folder !== "") tree.get(folderOf(folder))?.push(folderEntry(places, sources, folder));
  }
  for (const entries of tree.values()) entries.sort(compareOrdered);
  return tree;
}

function pageEntry(sources: Sources, path: ProjectPath, href: SitePath): FolderEntry {
  const record = sources.get(path);
  const title = record === undefined ? fileNameOf(path) : titleOfSource(record);
  return { title, href, order: orderOfSource(record), name: fileNameOf(path), folder: null };
}

function folderEntry(places: PagePlaces, sources: Sources, folder: string): FolderEntry {
  const index = places.indexes.get(folder);
  const record = index === undefined ? undefined : sources.get(index);
  const href = (index === undefined ? undefined : places.pages.get(index)) ?? places.listings.get(folder);
  invariant(href !== undefined, `the folder ${folder} has an index document or a listing`);
  return {
    title: titleOfFolder(folder, record),
    href,
    order: orderOfSource(record),
    name: fileNameOf(folder),
    folder,
  };
}
