import type { ProjectPath } from "../base/project-path.ts";
import type { Fault } from "../base/fault.ts";
import type { ContentHash } from "./ids.ts";
import type { Problem } from "./problem.ts";
import type { SourceFacts } from "./facts.ts";
import type { RemoteOrigin } from "./remote.ts";
import type { SourceKind } from "./resource.ts";

/**
 * Where the bytes of a source are: a `File` or `Blob` of the folder (cheap to send, read where it is used), or the
 * artifact store, for projects that came as a ZIP, a sample or a plain file input and are kept as a copy.
 */
export type SourceBytes =
  | { readonly type: "file"; readonly file: Blob }
  | { readonly type: "artifact"; readonly hash: ContentHash };

/** One file of the folder as the intake lists it. */
export type IntakeEntry = {
  readonly path: ProjectPath;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly modified: number;
  readonly bytes: SourceBytes;
};

/** One file of the folder, or one that was fetched, as Strata knows it after a scan. */
export type SourceRecord = {
  readonly path: ProjectPath;
  readonly kind: SourceKind;
  readonly size: number;
  readonly modified: number;
  readonly contentHash: ContentHash;
  /** Of the scan that found the facts: a newer one may find others in the same bytes. */
  readonly scanVersion: number;
  readonly facts: SourceFacts;
  /** Set when the file could not be read or its header could not be understood. */
  readonly fault: Fault | null;
  /** What the scan noticed on the way, such as front matter that is no YAML. */
  readonly problems: readonly Problem[];
  /** Only of what was fetched by its address: its bytes are in the artifact store under `contentHash`. */
  readonly remote?: RemoteOrigin;
};
