import { fileNameOf, folderOf, withoutExtension } from "../base/project-path.ts";
import type { SourceRecord } from "../model/source.ts";
import { compareNaturally } from "./natural-order.ts";

/** What a document is called: its title, else its file name made readable; of an index, else its folder's name. */
export function titleOfSource(record: Pick<SourceRecord, "path" | "facts">): string {
  const title = record.facts.type === "document" ? record.facts.title : null;
  if (title !== null) return title;
  const name = withoutExtension(fileNameOf(record.path));
  const folder = fileNameOf(folderOf(record.path));
  return readableName(folder !== "" && /^(?:index|readme)$/i.test(name) ? folder : name);
}

/** What a folder is called: its index document's title, else its own name made readable, else "" at the top. */
export function titleOfFolder(folder: string, index: Pick<SourceRecord, "facts"> | undefined): string {
  const title = index?.facts.type === "document" ? index.facts.title : null;
  return title ?? readableName(fileNameOf(folder));
}

/**
 * The name of a file or folder as a title, by the rule of MkDocs: `-` and `_` become spaces, and what has no capital
 * gets one at its beginning. A name with spaces was written to be read and stays; so do `-` and `_` between digits,
 * as in dates, and a name that would be left without a letter or digit.
 */
export function readableName(name: string): string {
  if (/\s/.test(name) || !/[\p{L}\p{N}]/u.test(name)) return name;
  const spaced = name
    .replace(/[-_]+/g, (run, at: number) =>
      isDigit(name[at - 1]) && isDigit(name[at + run.length]) ? run : " ",
    )
    .trim();
  if (spaced !== spaced.toLowerCase()) return spaced;
  const [first = ""] = spaced;
  return `${first.toUpperCase()}${spaced.slice(first.length)}`;
}

const isDigit = (sign: string | undefined): boolean => sign !== undefined && sign >= "0" && sign <= "9";

/** The place that a document asks for among its neighbours; `Infinity` when it asks for none. */
export function orderOfSource(record: Pick<SourceRecord, "facts"> | undefined): number {
  if (record?.facts.type !== "document") return Infinity;
  const { frontMatter } = record.facts;
  for (const key of ["order", "weight", "nav_order"]) {
    const value = Object.hasOwn(frontMatter, key) ? frontMatter[key] : undefined;
    if (typeof value === "number" && Number.isFinite(value)) return value;
  }
  return Infinity;
}

/** Something that has a place among its neighbours. `name` is a file or folder name, unique among them. */
export type Ordered = { readonly order: number; readonly name: string };

/** By the numbers asked for, then by name. */
export function compareOrdered(a: Ordered, b: Ordered): number {
  if (a.order !== b.order) return a.order < b.order ? -1 : 1;
  return compareNaturally(a.name, b.name);
}

/** Every folder that holds one of `paths` at any depth, the project's top "" included. */
export function foldersAbove(paths: Iterable<string>): Set<string> {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let folder = folderOf(path); !folders.has(folder); folder = folderOf(folder)) folders.add(folder);
  }
  return folders;
}
