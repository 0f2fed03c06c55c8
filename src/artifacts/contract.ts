import type { Artifact } from "../model/artifact.ts";
import type { ContentHash, ProjectId, SitePath } from "../model/ids.ts";
import type { SiteFile } from "../model/wire.ts";

/** Bytes on their way into the store, with the hash that names them. */
export type NewArtifact = {
  readonly hash: ContentHash;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
};

/**
 * Outputs by content hash. A put is whole or absent: killing the tab in the middle leaves no part of it. Putting the
 * same bytes twice is one artifact. Implementations must pass `contract.test-kit.ts`.
 */
export type ArtifactStore = {
  /** Stores all or none. Resolves when the bytes survive the tab's death. */
  putMany(artifacts: readonly NewArtifact[]): Promise<readonly Artifact[]>;
  get(hash: ContentHash): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** In the order of `hashes`; `undefined` where there is none. */
  getMany(hashes: readonly ContentHash[]): Promise<readonly (Uint8Array<ArrayBuffer> | undefined)[]>;
  /** Those of `hashes` that are there. */
  present(hashes: readonly ContentHash[]): Promise<ReadonlySet<ContentHash>>;
  /** Every hash in the store. */
  list(): Promise<readonly ContentHash[]>;
  deleteMany(hashes: readonly ContentHash[]): Promise<void>;
};

/** What each project's finished site holds: site path to artifact. The preview and the export read it. */
export type SiteStore = {
  /** Carries out all of the changes or none. */
  change(projectId: ProjectId, put: readonly SiteFile[], remove: readonly SitePath[]): Promise<void>;
  find(projectId: ProjectId, path: SitePath): Promise<SiteFile | undefined>;
  /** Ordered by path. */
  list(projectId: ProjectId): Promise<readonly SiteFile[]>;
  clear(projectId: ProjectId): Promise<void>;
};

/** Small texts kept by key and made again when missing, such as highlighted code. */
export type TextCache = {
  getMany(keys: readonly string[]): Promise<readonly (string | undefined)[]>;
  putMany(entries: readonly (readonly [key: string, text: string])[]): Promise<void>;
};
