import { folderOf, type ProjectPath } from "../base/project-path.ts";
import type { SitePath } from "../model/ids.ts";
import type { NavigationItem } from "../model/render.ts";
import type { SourceRecord } from "../model/source.ts";
import { buildFolderTree, type PagePlaces } from "./folder-tree.ts";

/** The entries of a folder as navigation items, closed and not current; shared by all pages that show them. */
type Level = {
  readonly items: readonly NavigationItem[];
  /** Where the entry of a folder stands among `items`. */
  readonly folders: ReadonlyMap<string, number>;
};

/** The folder tree of all pages, and where each page stands in it. */
export type NavigationTree = {
  readonly levels: ReadonlyMap<string, Level>;
  /** The deepest folder that a page shows open, and its own index there (-1 for a page that stands for the folder). */
  readonly places: ReadonlyMap<SitePath, { readonly folder: string; readonly index: number }>;
};

/**
 * Entries of one folder that a page shows. A folder of 1,000 notes would otherwise put 1,000 links in each of 1,000
 * pages, and one new note would change them all. Neighbours are shown, and `…` leads on in both directions.
 */
const widest = 100;

/**
 * The tree for `navigationFor`, built once a plan. Entries that equal those of `last` are the same objects, so that what
 * is shown of them is soon compared. Cost: sorting each folder.
 */
export function buildNavigationTree(
  places: PagePlaces,
  sources: ReadonlyMap<ProjectPath, Pick<SourceRecord, "path" | "facts">>,
  last: NavigationTree | null = null,
): NavigationTree {
  const levels = new Map<string, Level>();
  const standing = new Map<SitePath, { folder: string; index: number }>();
  for (const [folder, entries] of buildFolderTree(places, sources)) {
    const folders = new Map<string, number>();
    entries.forEach((entry, index) => {
      if (entry.folder === null) standing.set(entry.href, { folder, index });
      else folders.set(entry.folder, index);
      if (entry.folder !== null) standing.set(entry.href, { folder: entry.folder, index: -1 });
    });
    const known = new Map(last?.levels.get(folder)?.items.map((item) => [item.href, item]));
    const items = entries.map(({ title, href }) => {
      const item = known.get(href);
      return item?.title === title ? item : { title, href, current: false, children: [] };
    });
    levels.set(folder, { items, folders });
  }
  return { levels, places: standing };
}

/**
 * What a page shows of the tree: the entries of each folder on the way to it, and of its own folder. Closed entries
 * are the same objects on every page. Cost: at most 100 entries for each folder on the way.
 */
export function navigationFor(tree: NavigationTree, sitePath: SitePath): readonly NavigationItem[] {
  const place = tree.places.get(sitePath) ?? { folder: "", index: -1 };
  let { folder } = place;
  let shown = showLevel(tree, folder, place.index, { current: true });
  let isCurrent = place.index < 0;
  while (folder !== "") {
    const parent = folderOf(folder);
    const index = tree.levels.get(parent)?.folders.get(folder) ?? -1;
    shown = showLevel(tree, parent, index, { current: isCurrent, children: shown });
    isCurrent = false;
    folder = parent;
  }
  return shown;
}

/** One level with `change` made to the entry at `index`, and cut to its neighbours where it is wide. */
function showLevel(
  tree: NavigationTree,
  folder: string,
  index: number,
  change: Partial<NavigationItem>,
): readonly NavigationItem[] {
  const items = tree.levels.get(folder)?.items ?? [];
  const chosen = items[index];
  if (chosen === undefined && items.length <= widest) return items;
  const first = Math.max(0, Math.min(index - widest / 2, items.length - widest));
  const last = Math.min(items.length, first + widest);
  const shown = items.slice(first, last);
  if (chosen !== undefined) shown[index - first] = { ...chosen, ...change };
  return [...more(items[first - 1]), ...shown, ...more(items[last])];
}

function more(neighbour: NavigationItem | undefined): readonly NavigationItem[] {
  return neighbour === undefined ? [] : [{ ...neighbour, title: "…" }];
}
