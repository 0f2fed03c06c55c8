import { startStopwatch } from "../stopwatch.ts";
import type { Fetcher } from "./fetcher.ts";
import { readBody } from "./read-body.ts";
import { retryAfterOf } from "./retry-after.ts";
import type { FetchInput, FetchTrouble, Validators } from "./spec.ts";
import { whyNoAnswer } from "./why-no-answer.ts";

/** What a server gave. */
export type Received =
  | (Validators & {
      readonly type: "body";
      readonly bytes: Uint8Array<ArrayBuffer>;
      /** As declared, without parameters; "" when it is not. */
      readonly mediaType: string;
      readonly finalUrl: string;
    })
  | (Validators & { readonly type: "not-modified" })
  | { readonly type: "failed"; readonly trouble: FetchTrouble };

type Attempt = Received | { readonly type: "no-answer" };

/**
 * Asks a server until it gives something or there is no sense in asking again: what is busy and what did not answer is
 * asked again after a while, within `limits`. Rejects only with the reason of the signal.
 */
export async function requestAddress(
  input: FetchInput,
  fetcher: Fetcher,
  signal: AbortSignal,
): Promise<Received> {
  if (fetcher.refuses(input.url)) return failed({ reason: "insecure" });
  const { totalMs, attemptMs, backoffMs } = input.limits;
  const elapsed = startStopwatch();
  const left = () => totalMs - elapsed();
  for (let tried = 0; ; tried++) {
    const limit = after(Math.min(attemptMs, left()));
    const attempt = await attemptOnce(input, fetcher, AbortSignal.any([signal, limit]));
    signal.throwIfAborted();
    if (attempt.type === "no-answer" && limit.aborted) return failed({ reason: "too-slow" });
    const wait = waitAfter(attempt, tried, backoffMs);
    if (wait !== null && wait < left()) await delay(wait, signal);
    else return attempt.type === "no-answer" ? giveUp(input, fetcher, { signal, left: left() }) : attempt;
  }
}

const failed = (trouble: FetchTrouble): Received => ({ type: "failed", trouble });

/**
 * Milliseconds until the next attempt, or `null` when another one would give the same. A server that does not answer is
 * given a second chance and no third.
 */
function waitAfter(attempt: Attempt, tried: number, backoffMs: readonly number[]): number | null {
  const backoff = backoffMs[tried];
  if (backoff === undefined) return null;
  if (attempt.type === "no-answer") return tried === 0 ? backoff : null;
  if (attempt.type !== "failed" || attempt.trouble.reason !== "busy") return null;
  return Math.max(backoff, attempt.trouble.retryAfter ?? 0);
}

/** Never rejects: an aborted attempt is one without an answer. */
async function attemptOnce(input: FetchInput, fetcher: Fetcher, signal: AbortSignal): Promise<Attempt> {
  try {
    const response = await fetcher.fetch(input.url, {
      cache: "no-cache",
      credentials: "omit",
      referrerPolicy: "no-referrer",
      headers: fetcher.setsHeaders ? conditions(input.held) : {},
      signal,
    });
    return await receive(response, input);
  } catch {
    return { type: "no-answer" };
  }
}

function conditions(held: Validators | null): Record<string, string> {
  return {
    ...(held?.etag && { "If-None-Match": held.etag }),
    ...(held?.lastModified && { "If-Modified-Since": held.lastModified }),
  };
}

/** What asking again may mend (RFC 9110, 15). */
const passing: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

async function receive(response: Response, { url, held, now, limits }: FetchInput): Promise<Received> {
  const { status, headers } = response;
  const validators = { etag: headers.get("ETag"), lastModified: headers.get("Last-Modified") };
  if (status === 304 && held !== null) return { type: "not-modified", ...validators };
  if (!response.ok) {
    await response.body?.cancel();
    const retryAfter = retryAfterOf(headers.get("Retry-After"), now);
    return failed(
      passing.has(status) ? { reason: "busy", status, retryAfter } : { reason: "status", status },
    );
  }
  const announced = Number(headers.get("Content-Length") ?? 0);
  const bytes = announced > limits.maxBytes ? undefined : await readBody(response, limits.maxBytes);
  if (bytes === undefined) {
    if (!response.bodyUsed) await response.body?.cancel();
    return failed({ reason: "too-large", maxBytes: limits.maxBytes });
  }
  const mediaType = (headers.get("Content-Type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  return { type: "body", bytes, mediaType, finalUrl: response.url || url, ...validators };
}

async function giveUp(
  { url }: FetchInput,
  fetcher: Fetcher,
  { signal, left }: { readonly signal: AbortSignal; readonly left: number },
): Promise<Received> {
  const limit = after(left);
  try {
    return failed(await whyNoAnswer(url, fetcher, AbortSignal.any([signal, limit])));
  } catch {
    signal.throwIfAborted();
    return failed({ reason: "unreachable" });
  }
}

const after = (milliseconds: number): AbortSignal =>
  AbortSignal.timeout(Math.max(1, Math.ceil(milliseconds)));

/** Ends early when the signal aborts. */
function delay(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener("abort", end, { once: true });
  });
}
