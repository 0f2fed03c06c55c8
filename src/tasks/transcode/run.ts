import type { ProjectPath } from "../../base/project-path.ts";
import type { NewArtifact } from "../../artifacts/contract.ts";
import { loadHasher, type Hasher } from "../../base/xxhash.ts";
import { asContentHash } from "../../model/ids.ts";
import type { TaskItem, TaskResult } from "../../model/wire.ts";
import type { RunTask, TaskContext } from "../contract.ts";
import { failedItem } from "../job-resources.ts";
import {
  changedSinceListing,
  readSource,
  type ReadContext,
  type ReadLog,
  type SourceRead,
} from "../read-source.ts";
import { readImageHeader } from "../scan/image-header.ts";
import { startStopwatch } from "../stopwatch.ts";
import { reasonOf } from "./decoder.ts";
import { encoders } from "./encoders.ts";
import { openPicture, type Picture } from "./picture.ts";
import { transcode, type TranscodeInput, type Variant } from "./spec.ts";
import { notEncoded, refusalOf } from "./transcode-faults.ts";

/** Makes the variants of each picture, which is decoded once for all of its own. */
export const run: RunTask = async (items, context) => {
  const hasher = await loadHasher();
  const results: TaskResult[] = [];
  for (const item of items) results.push(...(await transcodeItem(item, hasher, context)));
  return results;
};

async function transcodeItem(item: TaskItem, hasher: Hasher, context: TaskContext): Promise<TaskResult[]> {
  const elapsed = startStopwatch();
  const input = item.input as TranscodeInput;
  const fail = (fault: Parameters<typeof failedItem>[2]) =>
    failedItem(transcode.kind, item, fault, elapsed());
  const refusal = refusalOf(input);
  if (refusal !== undefined) return fail(refusal);
  const reads: ReadLog = new Set();
  const read = await readAsScanned(input, { ...context, reads });
  if (!read.ok) return fail(read.fault);
  const opened = await openPicture(input, read.bytes);
  if (!opened.ok) return fail(opened.fault);
  const share = elapsed() / input.variants.length;
  try {
    return await makeVariants(input, opened.picture, { hasher, context, share, read: [...reads] });
  } finally {
    opened.picture.close();
  }
}

/** The limit on pixels was checked on the header that the scan saw, so the bytes must still have that header. */
async function readAsScanned(
  { path, bytes, facts }: TranscodeInput,
  context: ReadContext,
): Promise<SourceRead> {
  const read = await readSource(path, bytes, context);
  if (!read.ok) return read;
  const header = readImageHeader(read.bytes);
  const same =
    header.type === "image" &&
    header.format === facts.format &&
    header.width === facts.width &&
    header.height === facts.height;
  return same ? read : { ok: false, fault: changedSinceListing(path) };
}

type Making = {
  readonly hasher: Hasher;
  readonly context: TaskContext;
  /** Milliseconds of reading and decoding that each variant bears. */
  readonly share: number;
  /** Files that were read for all of them. */
  readonly read: readonly ProjectPath[];
};

type Made = { readonly result: TaskResult; readonly output: NewArtifact | null };

/** Encodes one after the other, and stores all of them in one go. */
async function makeVariants(input: TranscodeInput, picture: Picture, making: Making): Promise<TaskResult[]> {
  const made: Made[] = [];
  for (const variant of input.variants) {
    making.context.signal.throwIfAborted();
    made.push(await makeVariant(input, variant, { ...making, picture }));
  }
  await making.context.artifacts.putMany(made.flatMap(({ output }) => output ?? []));
  return made.map(({ result }) => result);
}

async function makeVariant(
  { path }: TranscodeInput,
  variant: Variant,
  { hasher, picture, share, read }: Making & { readonly picture: Picture },
): Promise<Made> {
  const elapsed = startStopwatch();
  const { resourceId } = variant;
  try {
    const output = await encodeVariant(variant, picture, hasher);
    const artifact = { hash: output.hash, type: output.type, size: output.bytes.byteLength };
    const done = { artifact, value: null, problems: [], durationMs: share + elapsed(), read };
    return { output, result: { status: "done", resourceId, ...done } };
  } catch (error) {
    const fault = notEncoded(path, variant, reasonOf(error));
    return { output: null, result: { status: "failed", resourceId, fault, durationMs: share + elapsed() } };
  }
}

async function encodeVariant(variant: Variant, picture: Picture, hasher: Hasher): Promise<NewArtifact> {
  const { encode, maxSide } = encoders[variant.format];
  const raster = picture.atWidth(variant.width);
  if (Math.max(raster.width, raster.height) > maxSide) {
    throw new Error(`${raster.width} × ${raster.height} pixels are more than the format holds`);
  }
  const bytes = await encode(raster, variant.quality);
  return { hash: asContentHash(hasher.bytes(bytes)), type: `image/${variant.format}`, bytes };
}
