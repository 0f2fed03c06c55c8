import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { IgnoreRules } from "./ignore-rules.ts";

const scratch = mkdtempSync(join(tmpdir(), "strata-ignore-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const names = ["a", "b", "ab", "doc.md", "x.log", "#h", "!n", "b c"];
const name = fc.constantFrom(...names);
const anyPath = fc.array(name, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/"));
const glob = fc.constantFrom(...names, "*", "*.log", "a*", "?", "[ab]", "**", "\\#h", "\\!n", "*.md");
const pattern = fc
  .record({
    not: fc.constantFrom("", "", "!"),
    lead: fc.constantFrom("", "", "/", "**/"),
    body: fc.array(glob, { minLength: 1, maxLength: 3 }),
    tail: fc.constantFrom("", "", "/", "/**", " "),
  })
  .map(({ not, lead, body, tail }) => not + lead + body.join("/") + tail);
const gitignore = fc.array(fc.oneof({ weight: 5, arbitrary: pattern }, fc.constantFrom("", "# a note")), {
  maxLength: 5,
});
const tree = fc.record({
  files: fc.uniqueArray(anyPath, { minLength: 1, maxLength: 15 }),
  top: gitignore,
  nested: fc.array(fc.tuple(anyPath, gitignore), { maxLength: 3 }),
});

type Tree = { readonly files: readonly string[]; readonly ignores: ReadonlyMap<string, string> };

/** Keeps a file only where no other file stands at one of its folders, and a `.gitignore` only in a folder. */
function plant(files: readonly string[], ignores: ReadonlyMap<string, string>): Tree {
  const kept = files.filter((file) => !files.some((other) => other.startsWith(`${file}/`)));
  const inFolder = (folder: string) => folder === "" || kept.some((file) => file.startsWith(`${folder}/`));
  return { files: kept, ignores: new Map([...ignores].filter(([folder]) => inFolder(folder))) };
}

let count = 0;
function gitSees(planted: Tree): readonly string[] {
  const top = join(scratch, String(count++));
  mkdirSync(top);
  execFileSync("git", ["init", "-q", top]);
  const files = new Map(planted.files.map((file) => [file, ""]));
  for (const [folder, text] of planted.ignores) files.set(join(folder, ".gitignore"), text);
  for (const [file, text] of files) {
    mkdirSync(join(top, dirname(file)), { recursive: true });
    writeFileSync(join(top, file), text);
  }
  const listed = execFileSync(
    "git",
    ["-c", "core.ignorecase=false", "ls-files", "-z", "--others", "--exclude-standard"],
    { cwd: top, encoding: "utf8", env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null" } },
  );
  rmSync(top, { recursive: true });
  return listed
    .split("\0")
    .filter((file) => file !== "" && !file.endsWith(".gitignore"))
    .sort();
}

function strataSees(planted: Tree): readonly string[] {
  const rules = new IgnoreRules([]);
  const seen: string[] = [];
  const visit = (folder: string) => {
    const text = planted.ignores.get(folder);
    if (text !== undefined) rules.addGitignore(folder, text);
    const prefix = folder === "" ? "" : `${folder}/`;
    const below = planted.files.filter((file) => file.startsWith(prefix)).map((f) => f.slice(prefix.length));
    for (const child of new Set(below.map((rest) => rest.split("/")[0] ?? ""))) {
      const path = prefix + child;
      if (planted.files.includes(path)) {
        if (!rules.ignoresFile(path)) seen.push(path);
      } else if (!rules.ignoresFolder(path)) visit(path);
    }
  };
  visit("");
  return seen.sort();
}

it("[P1] leaves out what git leaves out, with .gitignore files at every level", { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(tree, ({ files, top, nested }) => {
      const ignores = new Map([["", top.join("\n")]]);
      for (const [folder, lines] of nested) ignores.set(folder, lines.join("\n"));
      const planted = plant(files, ignores);
      expect(strataSees(planted)).toEqual(gitSees(planted));
    }),
    { numRuns: Number(process.env["STRATA_RUNS"] ?? 60) },
  );
});

it("[P1] lets a deeper .gitignore take back a folder that a higher one ignores", () => {
  const rules = new IgnoreRules([]);
  rules.addGitignore("", "build\n*.log");
  rules.addGitignore("a", "!build");
  expect(rules.ignoresFolder("build")).toBe(true);
  expect(rules.ignoresFolder("a/build")).toBe(false);
  expect(rules.ignoresFile("a/build/x.md")).toBe(false);
  expect(rules.ignoresFile("a/build/x.log")).toBe(true);
});

it("[P2] leaves out dot-files, dot-folders and litter, whatever .gitignore says", () => {
  const rules = new IgnoreRules([]);
  rules.addGitignore("", "!.obsidian/\n!node_modules");
  for (const folder of [".git", "a/.obsidian", "node_modules", "a/node_modules"]) {
    expect(rules.ignoresFolder(folder), folder).toBe(true);
  }
  for (const file of [".env", ".gitignore", "a/.DS_Store", "Thumbs.db", "a/desktop.ini", "a.md~"]) {
    expect(rules.ignoresFile(file), file).toBe(true);
  }
  for (const file of ["a.md", "node_modules.md", "a..b/c.md"]) {
    expect(rules.ignoresFile(file), file).toBe(false);
  }
});

it("[P3] lets strata.yaml have the last word in both directions", () => {
  const rules = new IgnoreRules(["drafts/", "!.well-known/"]);
  rules.addGitignore("", "!drafts/");
  expect(rules.ignoresFolder("drafts")).toBe(true);
  expect(rules.ignoresFolder(".well-known")).toBe(false);
  expect(rules.ignoresFile("a.md")).toBe(false);
});
