import { compareNames } from "../base/byte-order.ts";
import { parseProjectPath, type ProjectPath } from "../base/project-path.ts";
import { parseSettings } from "../documents/settings.ts";
import type { Problem } from "../model/problem.ts";
import { mapBounded } from "./bounded.ts";
import type { FileLeaf, FolderNode, TreeNode } from "./folder-tree.ts";
import { IgnoreRules } from "./ignore-rules.ts";
import { refusedName, sameFoldedPath, unreadableFile, unreadableFolder } from "./intake-problems.ts";

/** How an intake reports and stops. */
export type WalkOptions = {
  /** Called with the number of files found so far, about once a folder. */
  readonly onFound?: (found: number) => void;
  readonly signal?: AbortSignal;
};

/** A file that belongs to the project, not yet opened. */
export type FoundFile = { readonly path: ProjectPath; readonly leaf: FileLeaf };

export type Walk = {
  /** Ordered by path. */
  readonly files: readonly FoundFile[];
  readonly problems: readonly Problem[];
  readonly rules: IgnoreRules;
  /** The names on disk of those files whose path is another form of the same Unicode text. */
  readonly namesOnDisk: ReadonlyMap<ProjectPath, string>;
};

/** Folders read at the same time; more gains nothing on a disk. */
const foldersAtOnce = 16;

type Pending = { readonly path: string; readonly node: FolderNode };

/**
 * Lists what belongs to the project, level by level, so that a folder's `.gitignore` is known before anything in it
 * is judged and an ignored folder is never read. What cannot be read becomes a problem and the rest goes on; only an
 * unreadable top rejects.
 */
export async function walkFolder(top: FolderNode, options: WalkOptions = {}): Promise<Walk> {
  const topChildren = await top.children();
  const walk = new Walker(new IgnoreRules(await ignoreSetting(topChildren)), options);
  let level = await walk.take("", topChildren);
  while (level.length > 0) {
    const below = await mapBounded(level, foldersAtOnce, (folder) => walk.read(folder), options.signal);
    level = below.flat();
  }
  return walk.finish();
}

class Walker {
  readonly #rules: IgnoreRules;
  readonly #options: WalkOptions;
  readonly #found: { readonly raw: string; readonly leaf: FileLeaf }[] = [];
  readonly #problems: Problem[] = [];

  constructor(rules: IgnoreRules, options: WalkOptions) {
    this.#rules = rules;
    this.#options = options;
  }

  /** Reads one folder and gives the folders in it that are to be read next. */
  async read({ path, node }: Pending): Promise<readonly Pending[]> {
    try {
      return await this.take(path, await node.children());
    } catch (error) {
      const known = parseProjectPath(path);
      this.#problems.push(known === undefined ? refusedName(path) : unreadableFolder(known, error));
      return [];
    }
  }

  async take(folder: string, children: readonly TreeNode[]): Promise<readonly Pending[]> {
    await this.#readGitignore(folder, children);
    const below: Pending[] = [];
    for (const child of children) {
      const path = folder === "" ? child.name : `${folder}/${child.name}`;
      // The matcher throws on such a name, and it is refused as a path anyway.
      if (parseProjectPath(child.name)?.normalize() !== child.name.normalize("NFC")) {
        this.#problems.push(refusedName(path));
      } else if (child.type === "folder") {
        if (!this.#rules.ignoresFolder(path)) below.push({ path, node: child });
      } else if (!this.#rules.ignoresFile(path)) this.#found.push({ raw: path, leaf: child });
    }
    this.#options.onFound?.(this.#found.length);
    return below;
  }

  finish(): Walk {
    const files = new Map<ProjectPath, FileLeaf>();
    const namesOnDisk = new Map<ProjectPath, string>();
    for (const { raw, leaf } of this.#found.sort((a, b) => compareNames(a.raw, b.raw))) {
      const path = parseProjectPath(raw);
      if (path === undefined) this.#problems.push(refusedName(raw));
      else if (files.has(path)) this.#problems.push(sameFoldedPath(path));
      else {
        files.set(path, leaf);
        if (raw !== path) namesOnDisk.set(path, raw);
      }
    }
    const ordered = [...files].map(([path, leaf]) => ({ path, leaf }));
    ordered.sort((a, b) => compareNames(a.path, b.path));
    return { files: ordered, problems: this.#problems, rules: this.#rules, namesOnDisk };
  }

  async #readGitignore(folder: string, children: readonly TreeNode[]): Promise<void> {
    const leaf = children.find((child) => child.type === "file" && child.name === ".gitignore");
    if (leaf?.type !== "file") return;
    try {
      this.#rules.addGitignore(folder, await (await leaf.open()).text());
    } catch (error) {
      const path = parseProjectPath(`${folder}/.gitignore`.replace(/^\//u, ""));
      if (path !== undefined) this.#problems.push(unreadableFile(path, error));
    }
  }
}

const settingsNames = ["strata.yaml", "strata.yml"];

/** The patterns that the project's settings add. Settings that cannot be read add none; the scan reports them. */
async function ignoreSetting(topChildren: readonly TreeNode[]): Promise<readonly string[]> {
  const leaf = settingsNames
    .map((name) => topChildren.find((child) => child.type === "file" && child.name === name))
    .find((child) => child !== undefined);
  if (leaf?.type !== "file") return [];
  try {
    return parseSettings(await (await leaf.open()).text()).settings.ignore;
  } catch {
    return [];
  }
}
