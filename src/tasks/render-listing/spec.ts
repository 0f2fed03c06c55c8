import type { PageFrame } from "../../model/render.ts";
import type { SitePath } from "../../model/ids.ts";
import type { TaskSpec } from "../contract.ts";
import type { RenderPageInput } from "../render-page/spec.ts";

export type RenderListingInput = {
  readonly entries: readonly { readonly href: SitePath; readonly title: string }[];
  readonly frame: PageFrame;
  readonly layout: RenderPageInput["layout"];
};

/** Makes the page of a folder that has no index document: the list of what is in it. */
export const renderListing: TaskSpec<RenderListingInput, null> = {
  kind: "render-listing",
  version: 1,
  batch: 32,
  timeLimit: 10_000,
};
