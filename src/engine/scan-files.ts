import type { ProjectPath } from "../base/project-path.ts";
import { canonicalJson } from "../base/canonical-json.ts";
import type { Fault } from "../base/fault.ts";
import { asContentHash, type ContentHash } from "../model/ids.ts";
import type { Listing } from "../model/listing.ts";
import { fileId, sourceKindOf, type SourceKind } from "../model/resource.ts";
import type { IntakeEntry, SourceRecord } from "../model/source.ts";
import type { TaskItem, TaskResult } from "../model/wire.ts";
import type { TaskRunner } from "../tasks/contract.ts";
import { scan, type ScanInput } from "../tasks/scan/spec.ts";

/** How a listing differs from what is known. */
export type Difference = {
  /** New, or of another size or modification time: to be read. */
  readonly changed: readonly IntakeEntry[];
  readonly removed: readonly ProjectPath[];
  readonly unchanged: number;
};

/** How a comparison is made. */
type Comparing = {
  /** What is known was said elsewhere, and is not believed: then only a file's bytes can tell. */
  readonly readElsewhere?: boolean;
  /** The only paths that can differ; `null` where each may. */
  readonly among?: readonly ProjectPath[] | null;
};

/**
 * Compares a complete listing with the sources known. A copied file is the same when its hash is; another one when its
 * size and time are. Cost: linear in `among`, else in files and sources.
 */
export function compareListing(
  listing: Listing,
  sources: ReadonlyMap<ProjectPath, SourceRecord>,
  { readElsewhere = false, among = null }: Comparing = {},
): Difference {
  const changed: IntakeEntry[] = [];
  for (const path of among ?? listing.keys()) {
    const entry = listing.get(path);
    if (entry !== undefined && (readElsewhere || !isUnchanged(entry, sources.get(path)))) changed.push(entry);
  }
  const removed = [...(among ?? sources.keys())].filter((path) => isGone(path, sources, listing));
  return { changed, removed, unchanged: listing.size - changed.length };
}

/** What was fetched is in no listing. */
function isGone(
  path: ProjectPath,
  sources: ReadonlyMap<ProjectPath, SourceRecord>,
  listing: Listing,
): boolean {
  const source = sources.get(path);
  return source !== undefined && source.remote === undefined && !listing.has(path);
}

/** Whether a file is as it was when it was read. */
export function isUnchanged(
  { bytes, size, modified }: IntakeEntry,
  known: SourceRecord | undefined,
): boolean {
  if (known === undefined || known.scanVersion !== scan.version) return false;
  if (bytes.type === "artifact") return bytes.hash === known.contentHash;
  return size === known.size && modified === known.modified;
}

/** Records that say something new, in whatever order the database gave the keys of the old ones. The whole of each counts: a log from elsewhere may lie about any part of it. */
export function newRecords(
  records: readonly SourceRecord[],
  sources: ReadonlyMap<ProjectPath, SourceRecord>,
): readonly SourceRecord[] {
  return records.filter((record) => {
    const known = sources.get(record.path);
    if (known === undefined || known.fault !== null || record.fault !== null) return true;
    return canonicalJson(known) !== canonicalJson(record);
  });
}

/** What a scan of many files needs. */
export type ScanPorts = {
  readonly runner: TaskRunner;
  /** Told after each batch how many files it held. */
  readonly scanned: (count: number) => void;
};

/**
 * Reads files in the task workers, in batches that all workers take from one queue. Every entry gets a record: one
 * that could not be read carries its fault, and a size that makes the next intake try it again.
 * Rejects with an `AbortError` once the signal aborts.
 */
export async function scanFiles(
  entries: readonly IntakeEntry[],
  { runner, scanned }: ScanPorts,
  signal: AbortSignal,
): Promise<readonly SourceRecord[]> {
  const records: SourceRecord[] = [];
  const size = Math.max(1, Math.min(scan.batch, Math.ceil(entries.length / (2 * runner.size))));
  let next = 0;
  const lane = async () => {
    while (next < entries.length) {
      const batch = entries.slice(next, (next += size));
      const job = { id: `scan ${next}`, kind: scan.kind, items: batch.map(scanItem) };
      const { results } = await runner.run(job, signal);
      records.push(...recordsOf(batch, results));
      scanned(batch.length);
    }
  };
  await Promise.all(Array.from({ length: runner.size }, lane));
  return records;
}

function scanItem({ path, size, modified, bytes }: IntakeEntry): TaskItem {
  const input: ScanInput = { path, kind: sourceKindOf(path), size, modified, bytes };
  return { resourceId: fileId(path), input };
}

function recordsOf(batch: readonly IntakeEntry[], results: readonly TaskResult[]): readonly SourceRecord[] {
  const byId = new Map(results.map((result) => [result.resourceId, result]));
  return batch.map((entry) => {
    const result = byId.get(fileId(entry.path));
    // The scan's spec declares that the value of a done item is its record.
    if (result?.status === "done") return result.value as SourceRecord;
    return unreadable(entry, result?.fault ?? lostAnswer(entry.path));
  });
}

const noHash: ContentHash = asContentHash("0000000000000000");

/** The record of a source whose bytes could not be had. */
export function unreadable(
  { path, kind = sourceKindOf(path) }: { readonly path: ProjectPath; readonly kind?: SourceKind },
  fault: Fault,
): SourceRecord {
  return {
    path,
    kind,
    size: -1,
    modified: -1,
    contentHash: noHash,
    scanVersion: scan.version,
    facts: { type: "other" },
    fault,
    problems: [],
  };
}

function lostAnswer(path: ProjectPath): Fault {
  return {
    code: "source-unreadable",
    severity: "error",
    message: `${path} could not be read.`,
    remedy: "Build again.",
  };
}
