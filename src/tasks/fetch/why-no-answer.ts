import type { Fetcher } from "./fetcher.ts";
import type { FetchTrouble } from "./spec.ts";

/**
 * What is behind a request that gave no answer which may be read. A browser tells all reasons alike, so that pages
 * cannot look into a person's network; what it does tell is whether a request whose answer nobody reads goes through.
 */
export async function whyNoAnswer(
  url: string,
  { fetch }: Fetcher,
  signal: AbortSignal,
): Promise<FetchTrouble> {
  const plain = { credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store", signal } as const;
  const first = await fetch(url, { ...plain, redirect: "manual" }).catch(() => undefined);
  signal.throwIfAborted();
  await first?.body?.cancel();
  if (first !== undefined && (first.type === "opaqueredirect" || isRedirect(first.status))) {
    return { reason: "redirects" };
  }
  const blind = await fetch(url, { ...plain, method: "HEAD", mode: "no-cors" }).catch(() => undefined);
  signal.throwIfAborted();
  return { reason: blind === undefined ? "unreachable" : "no-permission" };
}

const isRedirect = (status: number): boolean => status >= 300 && status < 400 && status !== 304;
