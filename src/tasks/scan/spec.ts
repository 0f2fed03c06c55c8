import type { ProjectPath } from "../../base/project-path.ts";
import type { SourceBytes, SourceRecord } from "../../model/source.ts";
import type { SourceKind } from "../../model/resource.ts";
import type { TaskSpec } from "../contract.ts";

export type ScanInput = {
  readonly path: ProjectPath;
  readonly kind: SourceKind;
  readonly size: number;
  readonly modified: number;
  readonly bytes: SourceBytes;
};

/** Reads a file once: its hash, and what the planner must know of it. Makes no artifact. */
export const scan: TaskSpec<ScanInput, SourceRecord> = {
  kind: "scan",
  version: 2,
  batch: 64,
  timeLimit: 30_000,
};
