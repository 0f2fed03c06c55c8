import { compareNames } from "../base/byte-order.ts";
import { invariant } from "../base/invariant.ts";
import { extensionOf, folderOf, withoutExtension, type ProjectPath } from "../base/project-path.ts";
import { asSitePath, type SitePath } from "../model/ids.ts";
import type { Problem } from "../model/problem.ts";
import type { SourceRecord } from "../model/source.ts";
import { buildFolderTree, type FolderEntry } from "./folder-tree.ts";
import { indexDocuments } from "./index-documents.ts";
import { foldersAbove, titleOfFolder } from "./source-title.ts";

/**
 * Which place each source has in the finished site. All places differ also for file systems that ignore case. They
 * depend on the set of paths alone, never on what is built. Not percent-encoded.
 */
export type SitePaths = {
  readonly pages: ReadonlyMap<ProjectPath, SitePath>;
  readonly copies: ReadonlyMap<ProjectPath, SitePath>;
  /** The listing of each folder that holds documents, at any depth, and has no index document. */
  readonly listings: ReadonlyMap<string, SitePath>;
  /** What the names of an image's variants begin with. */
  readonly stems: ReadonlyMap<ProjectPath, string>;
  /** The index document of each folder that has one. */
  readonly indexes: ReadonlyMap<string, ProjectPath>;
  readonly stylesheet: SitePath;
  readonly sitemap: SitePath;
  /** In lower case: every place given above, and the folders. */
  readonly taken: ReadonlySet<string>;
};

type Source = Pick<SourceRecord, "path" | "kind">;

/**
 * Gives each source its place: documents become `.html`, the index document of a folder its `index.html`, everything
 * else keeps its path. Where two want the same place, the later one gets `name-2`, and a problem says so.
 */
export function assignSitePaths(sources: readonly Source[]): { sitePaths: SitePaths; problems: Problem[] } {
  const ordered = [...sources].sort((a, b) => compareNames(a.path, b.path));
  const documents = ordered.filter(({ kind }) => kind === "document").map(({ path }) => path);
  const indexes = indexDocuments(documents);
  const claims = new Claims(foldersAbove(ordered.map(({ path }) => path)));
  const copies = new Map(
    ordered.filter(({ kind }) => kind !== "document").map(({ path }) => [path, claims.claim(path, path)]),
  );
  const pages = claimPages(claims, documents, indexes);
  const listings = new Map<string, SitePath>();
  for (const folder of [...foldersAbove(documents)].sort(compareNames)) {
    if (!indexes.has(folder)) listings.set(folder, claims.claim(inFolder(folder, "index.html"), null));
  }
  const stylesheet = claims.claim("strata.css", null);
  const sitemap = claims.claim("sitemap.xml", null);
  const stems = stemsOf(ordered.filter(({ kind }) => kind === "image").map(({ path }) => path));
  const { taken, problems } = claims;
  return { sitePaths: { pages, copies, listings, stems, indexes, stylesheet, sitemap, taken }, problems };
}

/** Where the page of a document stands. */
export function pageSitePath(sitePaths: SitePaths, path: ProjectPath): SitePath {
  const place = sitePaths.pages.get(path);
  invariant(place !== undefined, `the document ${path} has a site path`);
  return place;
}

/** Where the unchanged copy of a file stands: also a document's, for one that is linked to be downloaded. */
export function copySitePath(sitePaths: SitePaths, path: ProjectPath): SitePath {
  return sitePaths.copies.get(path) ?? asSitePath(path);
}

/** Where a variant of an image stands: `img/p.jpg` at 640 pixels as WebP is `img/p.640.webp`. */
export function variantSitePath(
  sitePaths: SitePaths,
  path: ProjectPath,
  width: number,
  format: string,
): SitePath {
  const stem = `${sitePaths.stems.get(path) ?? path}.${width}`;
  let name = `${stem}.${format}`;
  for (let i = 1; sitePaths.taken.has(name.toLowerCase()); i++) name = `${stem}.variant${i}.${format}`;
  return asSitePath(name);
}

/** A folder without an index document, and what its listing shows. */
export type ListingFolder = {
  /** "" for the project's top. */
  readonly folder: string;
  readonly sitePath: SitePath;
  /** The folder's name made readable; "" at the top. */
  readonly title: string;
  readonly entries: readonly Pick<FolderEntry, "href" | "title">[];
};

/** The folders that need a listing, by name. Cost: one pass over the documents. */
export function listingFolders(
  sitePaths: SitePaths,
  sources: ReadonlyMap<ProjectPath, SourceRecord>,
): readonly ListingFolder[] {
  const tree = buildFolderTree(sitePaths, sources);
  return [...sitePaths.listings].map(([folder, sitePath]) => {
    const entries = (tree.get(folder) ?? []).map(({ href, title }) => ({ href, title }));
    return { folder, sitePath, title: titleOfFolder(folder, undefined), entries };
  });
}

/** Where the style sheet of the site stands. */
export function stylesheetPath(sitePaths: SitePaths): SitePath {
  return sitePaths.stylesheet;
}

/** Where the site map stands. */
export function sitemapPath(sitePaths: SitePaths): SitePath {
  return sitePaths.sitemap;
}

const inFolder = (folder: string, name: string): string => (folder === "" ? name : `${folder}/${name}`);

/** HTML documents go first, because their place is their own path; then index documents; then the rest by path. */
function claimPages(
  claims: Claims,
  documents: readonly ProjectPath[],
  indexes: ReadonlyMap<string, ProjectPath>,
): Map<ProjectPath, SitePath> {
  const isIndex = (path: ProjectPath): boolean => indexes.get(folderOf(path)) === path;
  const rank = (path: ProjectPath): number => (isIndex(path) ? 0 : extensionOf(path) === "html" ? 1 : 2);
  const ordered = [...documents].sort((a, b) => rank(a) - rank(b) || compareNames(a, b));
  const wanted = (path: ProjectPath): string =>
    isIndex(path) ? inFolder(folderOf(path), "index.html") : `${withoutExtension(path)}.html`;
  return new Map(ordered.map((path) => [path, claims.claim(wanted(path), path)]));
}

/** Two images that differ only in their extension keep it in the names of their variants: `p.jpg.640.webp`. */
function stemsOf(images: readonly ProjectPath[]): Map<ProjectPath, string> {
  const wishes = new Map<string, number>();
  for (const path of images) {
    const stem = withoutExtension(path).toLowerCase();
    wishes.set(stem, (wishes.get(stem) ?? 0) + 1);
  }
  const isAlone = (path: ProjectPath): boolean => wishes.get(withoutExtension(path).toLowerCase()) === 1;
  const claims = new Claims([]);
  const stems = new Map<ProjectPath, string>();
  for (const path of images.filter(isAlone)) stems.set(path, claims.claim(withoutExtension(path), null));
  for (const path of images) if (!stems.has(path)) stems.set(path, claims.claim(path, null));
  return stems;
}

/** Places given so far, compared without regard to case. */
class Claims {
  readonly taken: Set<string>;
  readonly problems: Problem[] = [];
  readonly #holders = new Map<string, ProjectPath>();

  constructor(taken: Iterable<string>) {
    this.taken = new Set([...taken].map((name) => name.toLowerCase()));
  }

  /** Gives `wanted`, or the next free name after it. `path` is the source that asks, or `null` for none. */
  claim(wanted: string, path: ProjectPath | null): SitePath {
    const dot = extensionOf(wanted) === "" ? wanted.length : wanted.lastIndexOf(".");
    let name = wanted;
    for (let i = 2; this.taken.has(name.toLowerCase()); i++) {
      name = `${wanted.slice(0, dot)}-${i}${wanted.slice(dot)}`;
    }
    this.taken.add(name.toLowerCase());
    if (path !== null && name !== wanted) this.#report(path, wanted, name);
    if (path !== null) this.#holders.set(name.toLowerCase(), path);
    return asSitePath(name);
  }

  #report(path: ProjectPath, wanted: string, name: string): void {
    const holder = this.#holders.get(wanted.toLowerCase()) ?? "a folder";
    this.problems.push({
      code: "site-path-collision",
      severity: "warning",
      message: `${path} and ${holder} both want the place ${wanted} in the site (upper and lower case count as equal); ${path} got ${name}.`,
      remedy: `Rename ${path} or ${holder}.`,
      path,
      line: null,
    });
  }
}
