import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { parseProjectPath, type ProjectPath } from "../src/base/project-path.ts";

const root = join(import.meta.dirname, "../../shared/corpora");

/** Folders of real documents beside the repository; none where they are not installed. */
export function corpusNames(): string[] {
  if (!existsSync(root)) return [];
  return readdirSync(root).filter((name) => statSync(join(root, name)).isDirectory());
}

/** Every file of a corpus, by path. */
export function corpusFiles(name: string): ProjectPath[] {
  const top = join(root, name);
  return readdirSync(top, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => parseProjectPath(relative(top, join(entry.parentPath, entry.name))) ?? []);
}

/** Every Markdown document of a corpus with its text. */
export function corpusDocuments(name: string): { readonly path: ProjectPath; readonly text: string }[] {
  return corpusFiles(name)
    .filter((path) => path.endsWith(".md"))
    .map((path) => ({ path, text: readFileSync(join(root, name, path), "utf8") }));
}
