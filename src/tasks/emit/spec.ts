import type { SitePath } from "../../model/ids.ts";
import type { TaskSpec } from "../contract.ts";

/** A small file made from the project as a whole. */
export type EmitInput =
  | { readonly type: "stylesheet" }
  | {
      readonly type: "sitemap";
      /** Absolute, ending in `/`. */
      readonly baseUrl: string;
      readonly pages: readonly SitePath[];
    };

export const emit: TaskSpec<EmitInput, null> = {
  kind: "emit",
  version: 1,
  batch: 8,
  timeLimit: 10_000,
};
