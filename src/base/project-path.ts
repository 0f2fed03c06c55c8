import type { Brand } from "./brand.ts";

/**
 * The place of a file in a project: relative, `/` between parts, Unicode NFC, no empty part, no `.` and no `..`.
 * Made by `parseProjectPath` alone, so a value of this type can never lead out of the project.
 */
export type ProjectPath = Brand<string, "ProjectPath">;

/** A path as a `ProjectPath`, or `undefined` when it is absolute, empty, leaves the project or holds a NUL. */
export function parseProjectPath(raw: string): ProjectPath | undefined {
  if (raw === "" || raw.startsWith("/") || raw.includes("\0") || raw.includes("\\")) return undefined;
  const parts: string[] = [];
  for (const part of raw.normalize("NFC").split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.length === 0 ? undefined : (parts.join("/") as ProjectPath);
}

/** `relative` as seen from the folder `folder` ("" is the project's top), or `undefined` when it leads outside. */
export function resolveFromFolder(folder: string, relative: string): ProjectPath | undefined {
  return parseProjectPath(folder === "" ? relative : `${folder}/${relative}`);
}

/** The folder that holds a path: "" for the project's top. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "" : path.slice(0, slash);
}

/** The last part of a path. */
export function fileNameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The lower-case extension without its dot, or "" (a leading dot is a name, not an extension). */
export function extensionOf(path: string): string {
  const name = fileNameOf(path);
  const dot = name.lastIndexOf(".");
  return dot <= 0 ? "" : name.slice(dot + 1).toLowerCase();
}

/** The path without its extension. */
export function withoutExtension(path: string): string {
  const extension = extensionOf(path);
  return extension === "" ? path : path.slice(0, -extension.length - 1);
}

/** The way from folder `from` to path `to`, both relative to the same top, as a relative URL path (not encoded). */
export function relativePath(from: string, to: string): string {
  const source = from === "" ? [] : from.split("/");
  const target = to.split("/");
  let common = 0;
  while (common < source.length && common < target.length - 1 && source[common] === target[common]) common++;
  return [...source.slice(common).map(() => ".."), ...target.slice(common)].join("/");
}
