import type { ImageFormat } from "../../model/facts.ts";
import type { ContentHash } from "../../model/ids.ts";
import type { TaskSpec } from "../contract.ts";

/** What the bytes behind an address must turn out to be. */
export type Expected = "image" | "markdown" | "html";

/** What the server said of a copy when it gave it. */
export type Validators = { readonly etag: string | null; readonly lastModified: string | null };

export type FetchLimits = {
  /** Of one file. */
  readonly maxBytes: number;
  /** Milliseconds of one attempt, body included. */
  readonly attemptMs: number;
  /** Milliseconds of all attempts on one address, waiting included. */
  readonly totalMs: number;
  /** Milliseconds before the second attempt, the third and so on; there are no more after the last. */
  readonly backoffMs: readonly number[];
};

export const fetchLimits: Omit<FetchLimits, "maxBytes"> = {
  attemptMs: 15_000,
  totalMs: 30_000,
  backoffMs: [500, 2000],
};

export type FetchInput = {
  /** As `addressOf` gives it. */
  readonly url: string;
  readonly expected: Expected;
  /** Of the copy that is held, or `null` when there is none. */
  readonly held: Validators | null;
  /** Milliseconds since the epoch, to understand a date by which the server puts one off. */
  readonly now: number;
  readonly limits: FetchLimits;
};

/**
 * Why an address gave nothing:
 * - `status`: the server says that there is nothing, or nothing for us
 * - `busy`: it asks to come back later, or has trouble of its own
 * - `no-permission`: it answers, and does not let other websites read the answer
 * - `redirects`: it sends on in a circle, or to where nothing may be read
 * - `unreachable`: there is no answer
 * - `too-slow`: the answer takes too long
 * - `insecure`: a page that came over `https` may not ask over `http`
 * - `no-fetcher`: there is nothing here that may ask
 */
export type FetchTrouble =
  | { readonly reason: "status"; readonly status: number }
  | {
      readonly reason: "busy";
      readonly status: number;
      /** Milliseconds, as the server says. */
      readonly retryAfter: number | null;
    }
  | { readonly reason: "too-large"; readonly maxBytes: number }
  | {
      readonly reason: "wrong-type";
      /** As the server calls it, or "". */
      readonly mediaType: string;
    }
  | {
      readonly reason: "no-permission" | "redirects" | "unreachable" | "too-slow" | "insecure" | "no-fetcher";
    };

export type FetchAnswer =
  | (Validators & {
      readonly type: "fetched";
      readonly hash: ContentHash;
      readonly size: number;
      readonly mediaType: string;
      /** `null` for a document. */
      readonly format: ImageFormat | null;
      /** After redirects. */
      readonly finalUrl: string;
    })
  /** The copy that is held is what the server has. Validators that it does not repeat are `null`. */
  | (Validators & { readonly type: "not-modified" })
  | {
      readonly type: "failed";
      readonly trouble: FetchTrouble;
      /** Whether its host gives nothing at the moment, so that there is no sense in asking it for anything else. */
      readonly isOfHost: boolean;
    };

/**
 * Fetches what an address gives into the artifact store. The one kind that asks the world: its answer is a declared
 * input of the build. An item whose server fails is done all the same; its value says how it went.
 */
export const fetchAddress: TaskSpec<FetchInput, FetchAnswer> = {
  kind: "fetch",
  version: 1,
  batch: 32,
  timeLimit: 120_000,
};
