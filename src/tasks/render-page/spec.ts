import type { ProjectPath } from "../../base/project-path.ts";
import type { PageFrame, ResolvedReferences } from "../../model/render.ts";
import type { SourceBytes } from "../../model/source.ts";
import type { TaskSpec } from "../contract.ts";

export type RenderPageInput = {
  readonly path: ProjectPath;
  readonly syntax: "markdown" | "html";
  readonly bytes: SourceBytes;
  readonly references: ResolvedReferences;
  readonly frame: PageFrame;
  /** The project's own layout, or `null` for the default one. */
  readonly layout: { readonly path: ProjectPath; readonly bytes: SourceBytes } | null;
};

/** Makes the finished HTML of one document. */
export const renderPage: TaskSpec<RenderPageInput, null> = {
  kind: "render-page",
  version: 2,
  batch: 32,
  timeLimit: 20_000,
};
