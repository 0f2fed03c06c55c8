import ignore, { type Ignore } from "ignore";
import { folderOf } from "../base/project-path.ts";

/** Left out of every project unless `ignore` in `strata.yaml` takes one back with `!`. */
const defaultPatterns = [
  ".*",
  "node_modules/",
  "bower_components/",
  "__pycache__/",
  "Thumbs.db",
  "desktop.ini",
  "~$*",
  "*~",
  "*.crswap",
];

/**
 * Which files of a folder belong to the project. Three judges in order, the first with an opinion wins: the patterns
 * of `strata.yaml`, the defaults, the `.gitignore` files. Ask for a folder before what is in it, and do not descend
 * into one that is ignored: as in git, nothing under it can be taken back.
 */
export class IgnoreRules {
  readonly #settings: Ignore;
  readonly #defaults = matcher(defaultPatterns);
  /** By folder: the patterns of its `.gitignore` behind those of every folder above. */
  readonly #byFolder = new Map<string, Ignore>([["", matcher([])]]);

  /** `patterns` are those of `strata.yaml`, in `.gitignore` syntax. */
  constructor(patterns: readonly string[]) {
    this.#settings = matcher(patterns);
  }

  /** Takes the `.gitignore` of `folder` ("" is the top). Folders above must have been added before. */
  addGitignore(folder: string, text: string): void {
    const patterns = text
      .replace(/^\uFEFF/u, "")
      .split(/\r?\n/u)
      .flatMap((line) => anchorPattern(folder, line) ?? []);
    this.#byFolder.set(folder, matcher(patterns, this.#inherited(folder)));
  }

  ignoresFile(path: string): boolean {
    return this.#ignores(path, path);
  }

  ignoresFolder(path: string): boolean {
    return this.#ignores(path, `${path}/`);
  }

  #ignores(path: string, subject: string): boolean {
    const said = this.#settings.test(subject);
    if (said.ignored || said.unignored) return said.ignored;
    return this.#defaults.ignores(subject) || this.#inherited(folderOf(path)).ignores(subject);
  }

  #inherited(folder: string): Ignore {
    let above = folder;
    for (;;) {
      const rules = this.#byFolder.get(above);
      if (rules !== undefined) return rules;
      above = folderOf(above);
    }
  }
}

/** Case counts, whatever the disk thinks, so that a folder gives the same project on every machine. */
function matcher(patterns: readonly string[], inherited?: Ignore): Ignore {
  const rules = ignore({ ignorecase: false, allowRelativePaths: false });
  if (inherited !== undefined) rules.add(inherited);
  for (const pattern of patterns) rules.add({ pattern });
  return rules;
}

/**
 * A line of a `.gitignore` in `folder` as a pattern that means the same at the top, or `undefined` for a comment or
 * an empty line. A pattern with a slash before its end is anchored to its folder; one without matches at any depth.
 */
function anchorPattern(folder: string, line: string): string | undefined {
  const pattern = withoutTrailingSpaces(line);
  if (pattern === "" || pattern.startsWith("#")) return undefined;
  if (folder === "") return pattern;
  const negated = pattern.startsWith("!");
  // An escaped first `#` or `!` needs no escape once it no longer stands first.
  const body = (negated ? pattern.slice(1) : pattern).replace(/^\\(?=[#!])/u, "");
  if (body === "" || body === "/") return undefined;
  const anchored = body.slice(0, -1).includes("/");
  const rest = anchored ? body.replace(/^\//u, "") : `**/${body}`;
  return `${negated ? "!" : ""}/${escapeGlob(folder)}/${rest}`;
}

function withoutTrailingSpaces(line: string): string {
  let end = line.length;
  while (end > 0 && line[end - 1] === " " && line[end - 2] !== "\\") end--;
  return line.slice(0, end);
}

function escapeGlob(path: string): string {
  return path.replace(/[\\*?[\]! #]/gu, "\\$&");
}
