import type { FetchTrouble } from "../tasks/fetch/spec.ts";

/** Why something that was to be fetched was not: by its server, or before anything was asked. */
export type RemoteTrouble =
  | FetchTrouble
  /** `offline`: the browser has no network; `late`: the time of the whole phase was over. */
  | { readonly reason: "offline" | "late" };

/** What is remembered of an address that could not be fetched, until it can be. */
export type Attempt = {
  /** In a row. */
  readonly failures: number;
  /** Milliseconds since the epoch. */
  readonly notBefore: number;
  readonly trouble: RemoteTrouble;
};

const shortest = 15_000;
const longest = 3_600_000;

/**
 * What to remember after a failure at `now`. Trouble that passes is looked at again after 15 seconds, then after twice
 * as long each time; what the server refuses, after an hour. A build in between asks nothing: it may come with every
 * keystroke. Trouble of our own is not remembered at all.
 */
export function attemptAfter(
  last: Attempt | undefined,
  trouble: RemoteTrouble,
  now: number,
): Attempt | undefined {
  if (trouble.reason === "offline" || trouble.reason === "late" || trouble.reason === "no-fetcher") {
    return undefined;
  }
  const failures = (last?.failures ?? 0) + 1;
  return { failures, notBefore: now + waitAfter(trouble, failures), trouble };
}

function waitAfter(trouble: RemoteTrouble, failures: number): number {
  const doubled = Math.min(longest, shortest * 2 ** Math.min(failures - 1, 20));
  if (trouble.reason === "busy") return Math.min(longest, Math.max(doubled, trouble.retryAfter ?? 0));
  return trouble.reason === "unreachable" || trouble.reason === "too-slow" ? doubled : longest;
}
