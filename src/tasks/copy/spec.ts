import type { ProjectPath } from "../../base/project-path.ts";
import type { ContentHash } from "../../model/ids.ts";
import type { SourceBytes } from "../../model/source.ts";
import type { TaskSpec } from "../contract.ts";

export type CopyInput = {
  readonly path: ProjectPath;
  readonly bytes: SourceBytes;
  /** As the scan found it; bytes that hash otherwise mean that the file changed in the middle of the build. */
  readonly hash: ContentHash;
};

/** Puts a file into the site as it is, but for what a picture tells of its making. */
export const copy: TaskSpec<CopyInput, null> = {
  kind: "copy",
  version: 2,
  batch: 16,
  timeLimit: 60_000,
};
