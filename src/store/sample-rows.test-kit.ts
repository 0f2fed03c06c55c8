import type { Artifact } from "../model/artifact.ts";
import {
  asContentHash,
  asJobId,
  asProjectId,
  asResourceId,
  asSitePath,
  asTaskKey,
  type ProjectId,
} from "../model/ids.ts";
import type { OutputRecord, TaskEvent } from "../model/output.ts";
import type { ProjectPath } from "../base/project-path.ts";
import type { SourceRecord } from "../model/source.ts";
import type { RunRow } from "../model/view-rows.ts";
import type { Made } from "./artifacts.ts";
import type { Store } from "./open-store.ts";
import { commitOutputs, type OutputCommit } from "./outputs.ts";

let projects = 0;

/** A project that no other test of the file uses. */
export const newProject = (): ProjectId => asProjectId(`project ${++projects}`);
/** 16 hex digits. */
export const hash = (n: number) => n.toString(16).padStart(16, "0");
export const artifact = (n: number): Artifact => ({
  hash: asContentHash(hash(n)),
  size: n,
  type: "text/html",
});
export const made = (n: number): Made => ({
  taskKey: asTaskKey(hash(n)),
  artifact: artifact(n),
  problems: [],
});

export function output(id: string, parts: Partial<OutputRecord> = {}): OutputRecord {
  return {
    id: asResourceId(id),
    kind: "page",
    status: "DONE",
    sitePath: asSitePath(`${id}.html`),
    artifact: artifact(1),
    taskKey: asTaskKey(hash(1)),
    parts: [{ label: "content of a.md", value: "x" }],
    problems: [],
    fault: null,
    culprits: [],
    cause: "new",
    durationMs: 1.25,
    ...parts,
  };
}

export function event(jobId: string, resourceId: string, scheduleIndex: number): TaskEvent {
  return {
    jobId: asJobId(jobId),
    resourceId: asResourceId(resourceId),
    outcome: "built",
    place: {
      scheduleIndex,
      generation: 1,
      generationOrder: 2,
      generationSize: 3,
      planSignature: "00000000000000aa",
    },
    worker: null,
    startedAt: 1_700_000_000_000.5,
    durationMs: 2.5,
    bytes: 3,
    cause: "content of a.md changed",
  };
}

export function run(key: string, startedAt: number, endedAt: number | null): RunRow {
  return {
    key,
    phase: endedAt === null ? "building" : "done",
    startedAt,
    endedAt,
    total: 3,
    settled: 2,
    built: 1,
    reused: 1,
    cacheHits: 1,
    failed: 0,
    poisoned: 0,
    cancelled: 0,
    bytesOut: 10,
    rate: 0.5,
    timeLeft: 12,
    phaseMs: { scanning: 1.5 },
    stages: [],
    root: null,
    signature: null,
  };
}

/** Commits some of the parts that a commit may have. */
export const commit = (store: Store, projectId: ProjectId, parts: Partial<OutputCommit>) =>
  commitOutputs(store, projectId, { upserts: [], removals: [], events: [], made: [], ...parts });

export function fileRecord(name: string): SourceRecord {
  const path = name as ProjectPath;
  return {
    path,
    kind: "document",
    size: 12,
    modified: 1_700_000_000_000.25,
    contentHash: asContentHash(hash(7)),
    scanVersion: 1,
    facts: { type: "image", format: "png", width: 1, height: 2, orientation: 1, animated: false },
    fault: asFault("unreadable"),
    problems: [{ ...asFault("odd"), path, line: 3 }],
  };
}

export function asFault(code: string) {
  return { code, severity: "warning" as const, message: "m\n", remedy: "r" };
}
