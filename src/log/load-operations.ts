import type { Fault } from "../base/fault.ts";
import { loadHasher } from "../base/xxhash.ts";
import type { ProjectId } from "../model/ids.ts";
import type { ImportedOperation, Operation } from "../model/operation.ts";
import type { Db } from "../store/open-store.ts";
import type { AppendResult } from "./append-operations.ts";
import { effectiveLog } from "./effective-log.ts";
import { advanceClock } from "./log-clock.ts";
import { mergeStreams } from "./merge-streams.ts";
import { excessiveReshuffle, importRefusalOf, missingOperations, otherAction } from "./operation-faults.ts";
import { hashAction } from "./operation-hash.ts";
import { insertOperations } from "./operation-rows.ts";
import { interleave } from "./operation-order.ts";
import { StreamMap } from "./stream-map.ts";
import { readStreams } from "./stream-rows.ts";

/** Operations of one stream that a merge may hide and make anew. */
export const reshuffleLimit = 1000;

/**
 * Merges streams of another copy of the log into this one, all of them or none, inside a transaction of the caller's.
 * `imported` holds whole streams from index 0, in any order. Gives what was appended, which is nothing when all of it
 * was known. A fault says `missing-operations`, `excessive-reshuffle`, `self-relationship` or `invalid-operation`.
 */
export async function loadOperations(
  db: Db,
  projectId: ProjectId,
  imported: readonly ImportedOperation[],
): Promise<AppendResult> {
  const hasher = await loadHasher();
  const streams = new StreamMap<ImportedOperation[]>();
  for (const operation of imported) {
    const fault = importRefusalOf(operation);
    if (fault !== undefined) return { ok: false, fault };
    // Its hash is of our own making: another program's may lie.
    const one = { ...operation, hash: hashAction(hasher, operation.action) };
    const stream = streams.get(one);
    if (stream === undefined) streams.set(one, [one]);
    else stream.push(one);
  }
  const names = [...streams.entries()].map(([name]) => name);
  const present = await readStreams(db, projectId, names);
  const appended: (readonly ImportedOperation[])[] = [];
  for (const [name, stream] of streams.entries()) {
    const merge = mergeStream(present.get(name) ?? [], stream);
    if ("code" in merge) return { ok: false, fault: merge };
    appended.push(merge);
  }
  const numbered = interleave(appended).map((operation) => ({ ...operation, projectId }));
  const written = await insertOperations(db, numbered);
  await advanceClock(db, projectId, written);
  return { ok: true, operations: written, appended: written };
}

/** What the stream lacks of the copy. */
function mergeStream(
  present: readonly Operation[],
  copy: readonly ImportedOperation[],
): readonly ImportedOperation[] | Fault {
  const [first] = copy;
  const stream = copy.toSorted((a, b) => a.index - b.index);
  const gap = stream.findIndex(({ index }, n) => index !== n);
  if (first === undefined) return [];
  if (gap !== -1) return missingOperations(first, gap);
  const other = differentAction([...present, ...stream]) ?? repeatedAction(stream);
  if (other !== undefined) return otherAction(other);
  const { appended, hidden } = mergeStreams(present, stream);
  return hidden > reshuffleLimit ? excessiveReshuffle(first, hidden, reshuffleLimit) : appended;
}

/** An operation whose action another one has under the same id with other content. */
function differentAction(operations: readonly ImportedOperation[]): ImportedOperation | undefined {
  const hashes = new Map<string, string>();
  return operations.find(({ actionId, hash }) => {
    const known = hashes.get(actionId);
    hashes.set(actionId, hash);
    return known !== undefined && known !== hash;
  });
}

/** An operation whose action the effective log carries out before: no copy of ours is like that. */
function repeatedAction(stream: readonly ImportedOperation[]): ImportedOperation | undefined {
  const seen = new Set<string>();
  return effectiveLog(stream).find(({ actionId }) => seen.size === seen.add(actionId).size);
}
