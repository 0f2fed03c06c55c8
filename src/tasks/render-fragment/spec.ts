import type { Part, ResolvedReferences } from "../../model/render.ts";
import type { SourceBytes } from "../../model/source.ts";
import type { TaskSpec } from "../contract.ts";

export type RenderFragmentInput = {
  readonly part: Part;
  readonly syntax: "markdown" | "html";
  readonly bytes: SourceBytes;
  readonly references: ResolvedReferences;
};

/** Makes the HTML of an embedded note or section; its links are still site paths, so it fits any page. */
export const renderFragment: TaskSpec<RenderFragmentInput, null> = {
  kind: "render-fragment",
  version: 2,
  batch: 32,
  timeLimit: 20_000,
};
