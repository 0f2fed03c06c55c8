import type { ProjectPath } from "../base/project-path.ts";
import type { ContentHash, ProjectId } from "../model/ids.ts";

/** One file of a project that came as a ZIP, a sample or a plain file input. Its bytes are the artifact `hash`. */
export type CopiedFile = {
  readonly path: ProjectPath;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly modified: number;
  readonly hash: ContentHash;
};

/** The listings of copied projects. */
export type CopiedFileStore = {
  /** Makes `files` the project's whole listing: all of it or nothing. */
  replace(projectId: ProjectId, files: readonly CopiedFile[]): Promise<void>;
  /** Ordered by path; empty for an unknown project. */
  list(projectId: ProjectId): Promise<readonly CopiedFile[]>;
  /** The hashes of every project's files, each once: artifacts that must not be collected, for they have no other source. */
  hashes(): Promise<ReadonlySet<ContentHash>>;
  clear(projectId: ProjectId): Promise<void>;
};
