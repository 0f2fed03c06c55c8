import type { NewArtifact } from "../../artifacts/contract.ts";
import { loadHasher, type Hasher } from "../../base/xxhash.ts";
import type { Artifact } from "../../model/artifact.ts";
import { asContentHash } from "../../model/ids.ts";
import type { TaskItem, TaskResult } from "../../model/wire.ts";
import type { RunTask, TaskContext } from "../contract.ts";
import { failedItem } from "../job-resources.ts";
import { mediaTypeOf } from "../../model/media-type.ts";
import {
  changedSinceListing,
  readSource,
  type ReadContext,
  type ReadLog,
  type SourceRead,
} from "../read-source.ts";
import { startStopwatch } from "../stopwatch.ts";
import { copy, type CopyInput } from "./spec.ts";
import { withoutMetadata } from "./without-metadata.ts";

/** Puts each file into the artifact store, pictures without what they tell of their making. One at a time, so that only one large file is in memory. */
export const run: RunTask = async (items, context) => {
  const hasher = await loadHasher();
  const results: TaskResult[] = [];
  for (const item of items) {
    context.signal.throwIfAborted();
    results.push(...(await copyItem(item, hasher, context)));
  }
  return results;
};

async function copyItem(item: TaskItem, hasher: Hasher, context: TaskContext): Promise<TaskResult[]> {
  const elapsed = startStopwatch();
  const input = item.input as CopyInput;
  const reads: ReadLog = new Set();
  const read = await readUnchanged(input, hasher, { ...context, reads });
  if (!read.ok) return failedItem(copy.kind, item, read.fault, elapsed());
  const bytes = withoutMetadata(read.bytes);
  const hash = bytes === read.bytes ? input.hash : asContentHash(hasher.bytes(bytes));
  const artifact = await keep({ hash, type: mediaTypeOf(input.path), bytes }, context);
  const { resourceId } = item;
  const done = { artifact, value: null, problems: [], durationMs: elapsed(), read: [...reads] };
  return [{ status: "done", resourceId, ...done }];
}

async function readUnchanged(input: CopyInput, hasher: Hasher, context: ReadContext): Promise<SourceRead> {
  const read = await readSource(input.path, input.bytes, context);
  if (!read.ok || hasher.bytes(read.bytes) === input.hash) return read;
  return { ok: false, fault: changedSinceListing(input.path) };
}

async function keep(output: NewArtifact, context: TaskContext): Promise<Artifact | null> {
  const [artifact] = await context.artifacts.putMany([output]);
  return artifact ?? null;
}
