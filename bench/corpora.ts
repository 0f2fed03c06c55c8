import { cpSync, existsSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join, resolve } from "node:path";

/** A folder to build, copied so that the benchmark may edit it. */
export type Corpus = {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  /** Relative to `path`. */
  readonly documents: readonly string[];
  /** Absolute. */
  readonly pictures: readonly string[];
};

/** The real projects beside this one where they are there, else the small ones of the end-to-end tests. */
export function corpora(): readonly Corpus[] {
  const real = resolve(import.meta.dirname, "../../shared/corpora");
  const root = existsSync(real) ? real : resolve(import.meta.dirname, "../e2e/projects");
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => copyCorpus(join(root, entry.name), entry.name));
}

function copyCorpus(source: string, name: string): Corpus {
  const path = join(mkdtempSync(join(tmpdir(), "strata-bench-")), name);
  cpSync(source, path, { recursive: true });
  const files = readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(
      (file) =>
        !file
          .slice(path.length)
          .split("/")
          .some((part) => part.startsWith(".")),
    );
  const having = (extensions: readonly string[]) =>
    files.filter((file) => extensions.includes(extname(file).toLowerCase())).toSorted();
  return {
    name,
    path,
    documents: having([".md"]).map((file) => file.slice(path.length + 1)),
    pictures: having([".jpg", ".jpeg", ".png", ".webp"]),
  };
}
