import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import type { Site } from "./site.ts";

/** A real folder on this machine's disk that a test drops into the app and edits. */
export type Folder = {
  /** Absolute. */
  readonly path: string;
  /** What the app calls the project. */
  readonly name: string;
  /** Makes or replaces a file; its modification time is always later than before. */
  write(path: string, content: string | Uint8Array): void;
  remove(path: string): void;
};

/** Makes a folder of these files. `name` is that of the folder itself. */
export function makeFolder(name: string, files: Readonly<Record<string, string | Uint8Array>>): Folder {
  const folder = emptyFolder(name);
  for (const [path, content] of Object.entries(files)) folder.write(path, content);
  return folder;
}

/** Copies one of the projects in `e2e/projects`, so that a test may edit it. */
export function copyProject(name: string): Folder {
  const folder = emptyFolder(name);
  cpSync(projectPath(name), folder.path, { recursive: true });
  return folder;
}

/** The absolute path of one of the projects in `e2e/projects`. */
export function projectPath(name: string): string {
  return resolve(import.meta.dirname, "projects", name);
}

/** All files of a folder of the disk, ordered by path. */
export function filesIn(folder: string): Site {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return new Map(paths.map((path) => [path, readFileSync(join(folder, path))]));
}

function emptyFolder(name: string): Folder {
  const path = join(mkdtempSync(join(tmpdir(), "strata-e2e-")), name);
  mkdirSync(path);
  return {
    path,
    name,
    write: (file, content) => writeLater(join(path, file), content),
    remove: (file) => rmSync(join(path, file), { recursive: true }),
  };
}

/** Two edits within one tick of the file system's clock would look like none. */
function writeLater(place: string, content: string | Uint8Array): void {
  const before = statSync(place, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  mkdirSync(dirname(place), { recursive: true });
  writeFileSync(place, content);
  const after = statSync(place).mtimeMs;
  if (after <= before) utimesSync(place, new Date(before + 10), new Date(before + 10));
}
