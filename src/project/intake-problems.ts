import { parseProjectPath, type ProjectPath } from "../base/project-path.ts";
import type { Problem } from "../model/problem.ts";

/** The texts of everything that can go wrong with one file or folder of an intake. */

export function unreadableFile(path: ProjectPath, error: unknown): Problem {
  return {
    code: "unreadable-file",
    severity: "error",
    message: `The file ${path} could not be read: ${reasonOf(error)}.`,
    remedy: "Check that it still exists and that you may read it, then build again.",
    path,
    line: null,
  };
}

export function unreadableFolder(path: ProjectPath, error: unknown): Problem {
  return {
    code: "unreadable-folder",
    severity: "error",
    message: `The folder ${path} could not be read: ${reasonOf(error)}. Nothing in it is part of this build.`,
    remedy: "Check that it still exists and that you may read it, then build again.",
    path,
    line: null,
  };
}

/** `raw` is the name as the disk or the archive has it. */
export function refusedName(raw: string): Problem {
  return {
    code: "refused-name",
    severity: "error",
    message: `The name ${JSON.stringify(raw)} cannot be a path of the project; the file was left out.`,
    remedy:
      "Rename it so that it has no backslash, no NUL, no drive letter and no way out of the folder (..).",
    path: showablePath(raw),
    line: null,
  };
}

export function sameFoldedPath(path: ProjectPath): Problem {
  return {
    code: "same-path-twice",
    severity: "warning",
    message: `Two files have the name ${path} once Unicode is normalised; only the first was taken.`,
    remedy: "Rename or delete one of them.",
    path,
    line: null,
  };
}

/** A path that stands for a name that can be none, so that the problem has a place in the list. */
function showablePath(raw: string): ProjectPath {
  const parts = raw.split(/[\\/\0]+/u).filter((part) => part !== "" && part !== "." && part !== "..");
  const path = parseProjectPath(parts.join("/")) ?? parseProjectPath("unnamed");
  if (path === undefined) throw new Error("Broken invariant: a plain word is a path");
  return path;
}

export function reasonOf(error: unknown): string {
  const name = error instanceof Error ? error.name : "";
  if (name === "NotFoundError") return "it is no longer there";
  if (name === "NotAllowedError" || name === "SecurityError") return "the browser may not read it";
  if (name === "NotReadableError") return "the system refused to read it";
  return error instanceof Error && error.message !== "" ? error.message.replace(/\.$/u, "") : String(error);
}
