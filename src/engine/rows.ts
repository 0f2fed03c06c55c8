import { asResourceId } from "../model/ids.ts";
import type { OutputRecord, TaskEvent } from "../model/output.ts";
import type { Problem } from "../model/problem.ts";
import { buildEdgeOf, type Relationship } from "../model/relationship.ts";
import { fileId, type Status } from "../model/resource.ts";
import type { SourceRecord } from "../model/source.ts";
import type { EdgeRow, NodeRow, ProblemRow, TaskRow } from "../model/view-rows.ts";
import { cycleFault } from "./faults.ts";
import type { Derived } from "./project-state.ts";
import type { Target } from "./target.ts";

/** The row of a file, or of what was fetched: read well, it is done. */
export function fileRow(source: SourceRecord): NodeRow {
  return {
    key: fileId(source.path),
    kind: source.kind,
    label: source.path,
    status: source.fault === null ? "DONE" : "FAILED",
    generation: 0,
    cause: source.fault?.message ?? originOf(source),
    durationMs: null,
    bytes: Math.max(0, source.size),
    sitePath: null,
    hash: source.contentHash,
    cached: false,
  };
}

function originOf({ remote }: SourceRecord): string {
  return remote === undefined ? "a file of the folder" : `fetched from ${remote.url}`;
}

/** The row of what was fetched and could not be renewed when its lease was over. */
export function staleRow(source: SourceRecord): NodeRow {
  return { ...fileRow(source), cause: `stale: the copy of ${source.remote?.url ?? ""} could not be renewed` };
}

/** The row of a target; `status` overrides the record's while a run has it. */
export function targetRow(
  target: Target,
  record: OutputRecord | undefined,
  now: {
    readonly generation: number;
    readonly status?: Status;
    readonly cause?: string;
    readonly cached?: boolean;
  },
): NodeRow {
  return {
    key: target.id,
    kind: target.kind,
    label: labelOf(target),
    status: now.status ?? record?.status ?? "PENDING",
    generation: now.generation,
    cause: now.cause ?? record?.cause ?? "",
    durationMs: record?.durationMs ?? null,
    bytes: record?.artifact?.size ?? null,
    sitePath: target.sitePath,
    hash: record?.artifact?.hash ?? null,
    cached: now.cached ?? false,
  };
}

/** The row of what happened to a task. */
export function taskRow({ resourceId, ...event }: TaskEvent): TaskRow {
  return { key: resourceId, ...event };
}

function labelOf(target: Target): string {
  if (target.kind !== "fragment") return target.sitePath ?? target.id;
  return target.anchor === "" ? target.path : `${target.path}#${target.anchor}`;
}

/** The row of a relationship: in build order where it has one, else from the file that refers to the other. */
export function edgeRow(relationship: Relationship): EdgeRow {
  const { source, target, type } = relationship;
  const ordered = buildEdgeOf(relationship);
  return {
    key: `${source}\n${target}\n${type}`,
    first: ordered?.first ?? source,
    then: ordered?.then ?? target,
    type,
    ordersBuild: ordered !== undefined,
  };
}

/** Rows of problems. The key holds the text, so the same problem stays the same row over builds. */
export function problemRows(problems: readonly Problem[]): readonly ProblemRow[] {
  const seen = new Map<string, number>();
  return problems.map(({ severity, code, path, line, message, remedy }) => {
    const base = `${path}\n${line ?? 0}\n${code}\n${message}`;
    const times = seen.get(base) ?? 0;
    seen.set(base, times + 1);
    return { key: `${base}\n${times}`, severity, code, path, line, message, remedy };
  });
}

/** What was noticed in a file, and why it could not be read. */
export function sourceProblems({ path, fault, problems }: SourceRecord): readonly Problem[] {
  return fault === null ? problems : [...problems, { ...fault, path, line: null }];
}

/** What the last task of a target found, and its fault; what is poisoned is told at the culprit. */
export function recordProblems(
  target: Target,
  { problems, fault, status }: OutputRecord,
): readonly Problem[] {
  if (!("path" in target) || fault === null || status !== "FAILED") return problems;
  return [...problems, { ...fault, path: target.path, line: null }];
}

/** One problem for each cycle of embeds, at the line of the embed that closes it. */
export function cycleProblems({ blueprint, schedule }: Derived): readonly Problem[] {
  return schedule.cycles.flatMap(({ path }) => {
    const embedding = path.map(asResourceId);
    const [first, second = first] = embedding;
    const target = first === undefined ? undefined : blueprint.targets.get(first);
    if (target === undefined || !("path" in target)) return [];
    const embed = blueprint.relationships.find((edge) => edge.source === first && edge.target === second);
    const line = blueprint.selfEmbeds.get(target.id) ?? lineOf(embed);
    return [{ ...cycleFault(embedding), path: target.path, line }];
  });
}

function lineOf(relationship: Relationship | undefined): number | null {
  const metadata = relationship?.metadata;
  if (metadata === null || typeof metadata !== "object" || !("line" in metadata)) return null;
  return typeof metadata.line === "number" ? metadata.line : null;
}

/** Rows that are no longer there, for a view's removals. */
export function goneKeys(before: ReadonlySet<string>, after: ReadonlySet<string>): readonly string[] {
  return [...before].filter((key) => !after.has(key));
}
