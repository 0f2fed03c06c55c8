import { addressOf, hostOf } from "../../documents/remote-address.ts";
import { loadHasher, type Hasher } from "../../base/xxhash.ts";
import type { Artifact } from "../../model/artifact.ts";
import { asContentHash } from "../../model/ids.ts";
import type { TaskItem, TaskResult } from "../../model/wire.ts";
import { mapConcurrently } from "../concurrently.ts";
import type { RunTask, TaskContext } from "../contract.ts";
import { startStopwatch } from "../stopwatch.ts";
import { HostBreaker } from "./host-breaker.ts";
import { judgeBody } from "./judge-body.ts";
import { requestAddress, type Received } from "./request-address.ts";
import type { FetchAnswer, FetchInput, FetchTrouble } from "./spec.ts";

/** Hosts that are asked at the same time, and requests to one of them: both together bound the bytes in memory. */
const hostsInFlight = 4;
const requestsToHost = 2;

/** Fetches each address into the artifact store. Those of one host share what is found out about it. */
export const run: RunTask = async (items, context) => {
  const hasher = await loadHasher();
  const results = await mapConcurrently(byHost(items), hostsInFlight, (ofHost) => {
    const breaker = new HostBreaker();
    return mapConcurrently(ofHost, requestsToHost, (item) => fetchItem(item, hasher, { context, breaker }));
  });
  return results.flat();
};

function byHost(items: readonly TaskItem[]): readonly (readonly TaskItem[])[] {
  const hosts = new Map<string, TaskItem[]>();
  for (const item of items) {
    const host = hostOf((item.input as FetchInput).url);
    hosts.set(host, [...(hosts.get(host) ?? []), item]);
  }
  return [...hosts.values()];
}

type Asking = { readonly context: TaskContext; readonly breaker: HostBreaker };

async function fetchItem(item: TaskItem, hasher: Hasher, asking: Asking): Promise<TaskResult> {
  const elapsed = startStopwatch();
  const input = item.input as FetchInput;
  const { breaker } = asking;
  const { answer, artifact } =
    breaker.trouble === null
      ? await fetchOne(input, hasher, asking.context)
      : { answer: failed(breaker.trouble), artifact: null };
  breaker.note(answer);
  const value = answer.type === "failed" ? { ...answer, isOfHost: breaker.trouble !== null } : answer;
  const done = { artifact, value, problems: [], durationMs: elapsed(), read: [] };
  return { status: "done", resourceId: item.resourceId, ...done };
}

const failed = (trouble: FetchTrouble): FetchAnswer => ({ type: "failed", trouble, isOfHost: false });

type Fetched = { readonly answer: FetchAnswer; readonly artifact: Artifact | null };

async function fetchOne(
  input: FetchInput,
  hasher: Hasher,
  { fetcher, artifacts, signal }: TaskContext,
): Promise<Fetched> {
  signal.throwIfAborted();
  if (fetcher === undefined) {
    return { answer: failed({ reason: "no-fetcher" }), artifact: null };
  }
  const received = await requestAddress(input, fetcher, signal);
  if (received.type === "failed") return { answer: failed(received.trouble), artifact: null };
  if (received.type === "not-modified") return { answer: received, artifact: null };
  return keep(input, received, { hasher, artifacts });
}

async function keep(
  { url, expected }: FetchInput,
  { bytes, mediaType: declared, finalUrl, etag, lastModified }: Extract<Received, { type: "body" }>,
  { hasher, artifacts }: Pick<TaskContext, "artifacts"> & { readonly hasher: Hasher },
): Promise<Fetched> {
  const judgement = judgeBody(expected, declared, bytes);
  if (judgement === undefined) {
    return { answer: failed({ reason: "wrong-type", mediaType: declared }), artifact: null };
  }
  const hash = asContentHash(hasher.bytes(bytes));
  const { mediaType, format } = judgement;
  const [artifact = null] = await artifacts.putMany([{ hash, type: mediaType, bytes }]);
  const place = { finalUrl: addressOf(finalUrl) ?? url, etag, lastModified };
  const answer = { type: "fetched", hash, size: bytes.byteLength, mediaType, format, ...place } as const;
  return { answer, artifact };
}
