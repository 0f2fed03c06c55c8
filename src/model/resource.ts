import { extensionOf, type ProjectPath } from "../base/project-path.ts";
import { unreachable } from "../base/invariant.ts";
import { asResourceId, type ResourceId } from "./ids.ts";

/** What a file of the folder is, by its extension. */
export type SourceKind = "document" | "image" | "layout" | "data" | "asset";

/**
 * What Strata makes:
 * - `page`: the finished HTML of one document
 * - `fragment`: the HTML of an embedded note, or of one section of it
 * - `variant`: one width and format of an image
 * - `copy`: a file that the site holds as it is
 * - `listing`: the page of a folder that has no index document
 * - `feed`: a file made from the whole project (sitemap, style sheet)
 */
export type DerivedKind = (typeof derivedKinds)[number];
export const derivedKinds = ["page", "fragment", "variant", "copy", "listing", "feed"] as const;

export type ResourceKind = SourceKind | DerivedKind;

/**
 * Where a resource stands in its life:
 * - `PENDING`: known, never built
 * - `DIRTY`: built before, and something it depends on may have changed
 * - `READY`: everything it depends on is done, and it waits for a worker
 * - `RUNNING`: a worker has it
 * - `DONE`: its output is what a build from scratch would give
 * - `FAILED`: its own task failed; the last good output is kept
 * - `POISONED`: something it depends on failed, or is part of a cycle; the last good output is kept
 * - `CANCELLED`: the run ended before it could be built
 */
export type Status = "PENDING" | "DIRTY" | "READY" | "RUNNING" | "DONE" | "FAILED" | "POISONED" | "CANCELLED";

/** What can happen to a resource. */
export type StatusEvent = "invalidate" | "admit" | "start" | "succeed" | "fail" | "poison" | "cancel";

/** The only way from one status to the next. */
export function transition(status: Status, event: StatusEvent): Status {
  switch (event) {
    case "invalidate":
      return status === "PENDING" ? "PENDING" : "DIRTY";
    case "admit":
      return "READY";
    case "start":
      return "RUNNING";
    case "succeed":
      return "DONE";
    case "fail":
      return "FAILED";
    case "poison":
      return "POISONED";
    case "cancel":
      // Also what was DONE: of what a plan has, nobody knows that it still is what a build from scratch would give.
      return "CANCELLED";
    default:
      return unreachable(event);
  }
}

const kindByExtension: Readonly<Record<string, SourceKind>> = {
  md: "document",
  markdown: "document",
  mdown: "document",
  html: "document",
  htm: "document",
  jpg: "image",
  jpeg: "image",
  png: "image",
  webp: "image",
  avif: "image",
  gif: "image",
  svg: "image",
};

/** What the file at `path` is. A layout is known by the settings alone, so it is not told here. */
export function sourceKindOf(path: ProjectPath): SourceKind {
  if (path === "strata.yaml" || path === "strata.yml") return "data";
  return kindByExtension[extensionOf(path)] ?? "asset";
}

/** Ids are readable and depend on paths alone, so the same folder always gives the same graph. */
export const fileId = (path: ProjectPath | string): ResourceId => asResourceId(`file:${path}`);
export const pageId = (path: ProjectPath): ResourceId => asResourceId(`page:${path}`);
export const fragmentId = (path: ProjectPath, anchor: string): ResourceId =>
  asResourceId(`fragment:${path}#${anchor}`);
export const variantId = (path: ProjectPath, width: number, format: string): ResourceId =>
  asResourceId(`variant:${path}@${width}.${format}`);
export const copyId = (path: ProjectPath): ResourceId => asResourceId(`copy:${path}`);
/** `folder` is "" for the project's top. */
export const listingId = (folder: string): ResourceId => asResourceId(`listing:${folder}`);
export const feedId = (name: string): ResourceId => asResourceId(`feed:${name}`);

/** The path in a `file:` id, or `undefined` for a derived resource. */
export function filePathOf(id: ResourceId): ProjectPath | undefined {
  return id.startsWith("file:") ? (id.slice(5) as ProjectPath) : undefined;
}
