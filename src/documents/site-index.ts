import { fileNameOf, withoutExtension, type ProjectPath } from "../base/project-path.ts";
import type { Json } from "../base/json.ts";
import type { DocumentFacts } from "../model/facts.ts";
import type { SourceRecord } from "../model/source.ts";
import { indexDocuments } from "./index-documents.ts";
import { foldersAbove } from "./source-title.ts";

/** What a reference may name, by map: every look-up is one or a few hash look-ups. */
export type SiteIndex = {
  readonly sources: ReadonlyMap<ProjectPath, IndexedSource>;
  /** Paths by themselves in lower case. */
  readonly byLowerPath: ReadonlyMap<string, readonly ProjectPath[]>;
  /** Paths by `nameKey` of their file name: all files with extension, documents without it too. */
  readonly byName: ReadonlyMap<string, readonly ProjectPath[]>;
  /** Documents by `nameKey` of the aliases in their front matter. */
  readonly byAlias: ReadonlyMap<string, readonly ProjectPath[]>;
  /** Documents by `nameKey` of their title. */
  readonly byTitle: ReadonlyMap<string, readonly ProjectPath[]>;
  /** The index document of each folder that has one. */
  readonly indexes: ReadonlyMap<string, ProjectPath>;
  /** Folders that hold documents, by themselves in lower case. */
  readonly folders: ReadonlyMap<string, string>;
};

export type IndexedSource = Pick<SourceRecord, "path" | "kind" | "facts">;

/** Builds the index. Cost: linear in paths, aliases and titles. Records may come in any order, each path once. */
export function buildSiteIndex(records: readonly IndexedSource[]): SiteIndex {
  const maps = { byLowerPath: newLists(), byName: newLists(), byAlias: newLists(), byTitle: newLists() };
  for (const record of records) {
    addTo(maps.byLowerPath, record.path.toLowerCase(), record.path);
    addTo(maps.byName, nameKey(fileNameOf(record.path)), record.path);
    if (record.kind === "document") addDocument(maps, record);
  }
  const documents = records.filter(({ kind }) => kind === "document").map(({ path }) => path);
  return {
    ...maps,
    sources: new Map(records.map((record) => [record.path, record])),
    indexes: indexDocuments(documents),
    folders: new Map([...foldersAbove(documents)].map((folder) => [folder.toLowerCase(), folder])),
  };
}

/** The document facts of a path, or `undefined` when it is no document. */
export function factsOf(index: SiteIndex, path: ProjectPath): DocumentFacts | undefined {
  const facts = index.sources.get(path)?.facts;
  return facts?.type === "document" ? facts : undefined;
}

/** The form in which names are compared. */
export function nameKey(name: string): string {
  return name.normalize("NFC").trim().toLowerCase();
}

type Lists = Map<string, ProjectPath[]>;
const newLists = (): Lists => new Map();

/** All names of a record are added before the next record, so a path that is in a list already stands last. */
function addTo(lists: Lists, key: string, path: ProjectPath): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [path]);
  else if (list.at(-1) !== path) list.push(path);
}

type DocumentLists = { readonly byName: Lists; readonly byAlias: Lists; readonly byTitle: Lists };

function addDocument(lists: DocumentLists, { path, facts }: IndexedSource): void {
  addTo(lists.byName, nameKey(withoutExtension(fileNameOf(path))), path);
  if (facts.type !== "document") return;
  if (facts.title !== null) addTo(lists.byTitle, nameKey(facts.title), path);
  for (const key of ["aliases", "alias"]) {
    const value = Object.hasOwn(facts.frontMatter, key) ? facts.frontMatter[key] : undefined;
    for (const alias of namesIn(value)) addTo(lists.byAlias, nameKey(alias), path);
  }
}

/** A list of names, or one string with commas between them. */
function namesIn(value: Json | undefined): readonly string[] {
  const names = typeof value === "string" ? value.split(",") : Array.isArray(value) ? value : [];
  return names.filter((name): name is string => typeof name === "string" && name.trim() !== "");
}

/** How many leading parts two folders share. */
export function sharedFolders(a: string, b: string): number {
  const [left, right] = [a.split("/"), b.split("/")];
  let shared = 0;
  while (shared < left.length && left[shared] === right[shared] && left[shared] !== "") shared++;
  return shared;
}
