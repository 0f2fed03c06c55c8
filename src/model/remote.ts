import type { ProjectPath } from "../base/project-path.ts";

/** What a resource by its address can be. */
export type RemoteKind = "image" | "document";

/** What is fetched by its address, and how long a copy of it counts as fresh. */
export type RemoteSettings = {
  /** Whether the pictures that documents show by their address are fetched. */
  readonly images: boolean;
  /** Documents by the place that they take in the project. */
  readonly documents: { readonly [path: ProjectPath]: string };
  /** What becomes of a resource that was never fetched and cannot be: a link to its address, or a failure. */
  readonly onError: "link" | "fail";
  /** Days, 0 to 3650. At 0 every intake asks. */
  readonly expiryDays: { readonly [K in RemoteKind]: number };
  /** The first pattern that fits an address goes before `expiryDays`; see `matchesPattern`. */
  readonly expiry: readonly { readonly pattern: string; readonly days: number }[];
  /** Of one file, 1 to 104,857,600. */
  readonly maxBytes: number;
};

export const defaultRemote: RemoteSettings = {
  images: true,
  documents: {},
  onError: "link",
  expiryDays: { image: 1, document: 1 },
  expiry: [],
  maxBytes: 20 * 1024 * 1024,
};

/** Where a source comes from that is no file of the folder, and what is needed to ask whether it is still the same. */
export type RemoteOrigin = {
  readonly kind: RemoteKind;
  /** As `addressOf` gives it. */
  readonly url: string;
  /** After redirects: what the references of a document are relative to. */
  readonly finalUrl: string;
  readonly etag: string | null;
  /** As the server wrote it. */
  readonly lastModified: string | null;
  /** When the server last said what it has, in milliseconds since the epoch; 0 for never. */
  readonly lastChecked: number;
  /** The lease that was given then. */
  readonly expiryDays: number;
};
