import type { ContentHash } from "./ids.ts";

/** An output, named by what it holds. */
export type Artifact = {
  readonly hash: ContentHash;
  /** Bytes. */
  readonly size: number;
  /** MIME type. */
  readonly type: string;
};

/** So many artifacts, and the bytes of all of them together. */
export type ArtifactTotal = { readonly artifacts: number; readonly bytes: number };
