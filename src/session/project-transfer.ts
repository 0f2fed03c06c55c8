import type { Fault } from "../base/fault.ts";
import type { ProjectId } from "../model/ids.ts";
import type { ImportedOperation, Operation } from "../model/operation.ts";
import type { OutputRecord } from "../model/output.ts";
import type { CommandOf, CommandType, ProjectSummary, Replies } from "../model/wire.ts";
import type { ProjectHeader } from "../project/portable/format.ts";
import type { ProjectFile } from "../project/portable/open-project-file.ts";
import { writeProjectFile } from "../project/portable/write-project-file.ts";
import type { Library } from "../project/library.ts";
import { IntakeFault } from "../project/intake-fault.ts";
import type { EngineLink } from "./engine-link.ts";
import { engineChangedCode, noAnswer } from "./session-faults.ts";

/** What a project goes through on its way out of a browser or into one. */
export type TransferParts = {
  readonly link: Pick<EngineLink, "command">;
  readonly artifacts: Library["stores"]["artifacts"];
  readonly signal: AbortSignal;
};

/** The version of the app, as `package.json` has it. */
export const appVersion = "0.1.0";

/** What of a project is to be written. */
export type ProjectExport = {
  readonly projectId: ProjectId;
  readonly name: string;
  readonly summary: ProjectSummary;
  readonly content: "history" | "everything";
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly onProgress: (done: number) => void;
};

/** Writes an open project as a project file. Throws an `IntakeFault`, or the signal's reason; the stream is aborted. */
export function writeProject(
  sink: WritableStream<Uint8Array>,
  { projectId, name, summary, content, now, onProgress }: ProjectExport,
  parts: TransferParts,
): Promise<ProjectHeader["counts"]> {
  return writeProjectFile(sink, {
    header: { projectId, name, exportedAt: now, app: appVersion, settings: summary.settings },
    operations: logPages(parts, projectId, summary.last),
    outputs: content === "everything" ? outputPages(parts, projectId) : null,
    artifacts: parts.artifacts,
    onProgress,
    signal: parts.signal,
  });
}

/** How much there is to write, in the steps that `onProgress` counts. */
export function stepsOf(
  { operations, outputs, artifacts }: ProjectSummary,
  content: ProjectExport["content"],
) {
  return content === "everything" ? operations + outputs + artifacts : operations;
}

async function* logPages(
  parts: TransferParts,
  projectId: ProjectId,
  until: number,
): AsyncGenerator<readonly Operation[]> {
  for (let after = 0; ;) {
    const { operations } = await ask(parts, { type: "log-page", projectId, after, until });
    const last = operations.at(-1);
    if (last === undefined) return;
    yield operations;
    after = last.id;
  }
}

async function* outputPages(
  parts: TransferParts,
  projectId: ProjectId,
): AsyncGenerator<readonly OutputRecord[]> {
  for (let after = ""; ;) {
    const { outputs } = await ask(parts, { type: "output-page", projectId, after });
    const last = outputs.at(-1);
    if (last === undefined) return;
    yield outputs;
    after = last.id;
  }
}

/** What an import has done to a project. */
export type Merged = {
  /** Operations that the log did not have. */
  readonly appended: number;
  /** Documents whose history could not be merged, with why. */
  readonly refused: ReadonlyMap<string, Fault>;
};

/**
 * Merges a project file into a project that is open in the engine: bytes first, then the log in a few transactions of
 * whole streams, then what the bytes were made from. Every step may be repeated, so an import that was cut off is
 * completed by importing again. Throws an `IntakeFault`, or the signal's reason.
 */
export async function mergeProjectFile(
  file: ProjectFile,
  { projectId, as }: { readonly projectId: ProjectId; readonly as: CommandOf<"adopt-outputs">["as"] },
  parts: TransferParts,
): Promise<Merged> {
  await ask(parts, { type: "expect-artifacts", projectId, artifacts: file.artifacts });
  await file.putArtifacts(parts.artifacts);
  const refused = new Map<string, Fault>();
  let appended = 0;
  await file.eachBatch(async (operations) => {
    appended += await loadStreams(operations, { projectId, refused, parts });
  });
  await file.eachOutputs(async (outputs) => {
    await ask(parts, { type: "adopt-outputs", projectId, outputs, as });
  });
  // Nothing referred to the bytes before, so a build of another project may have collected some.
  await file.putArtifacts(parts.artifacts);
  return { appended, refused };
}

type Loading = {
  readonly projectId: ProjectId;
  readonly refused: Map<string, Fault>;
  readonly parts: TransferParts;
};

/** Faults of one stream: it went too far another way, or what it says cannot be true of the log here. */
const ofStream: ReadonlySet<string> = new Set([
  "excessive-reshuffle",
  "invalid-operation",
  "missing-operations",
]);

/** Loads whole streams. Where one is refused, it is found by halving, and the others are loaded. */
async function loadStreams(operations: readonly ImportedOperation[], loading: Loading): Promise<number> {
  const { projectId, refused, parts } = loading;
  parts.signal.throwIfAborted();
  const reply = await parts.link.command<"load">({ type: "load", projectId, operations });
  if (reply.ok) return reply.value.appended;
  const streams = groupStreams(operations);
  const [only] = streams.keys();
  if (!ofStream.has(reply.fault.code) || only === undefined) throw faultError(reply.fault);
  if (streams.size === 1) {
    refused.set(operations[0]?.documentId ?? "", reply.fault);
    return 0;
  }
  const half = new Set([...streams.keys()].slice(0, streams.size / 2));
  const isFirst = (operation: ImportedOperation) => half.has(streamKey(operation));
  const first = await loadStreams(operations.filter(isFirst), loading);
  return (
    first +
    (await loadStreams(
      operations.filter((operation) => !isFirst(operation)),
      loading,
    ))
  );
}

function groupStreams(operations: readonly ImportedOperation[]): ReadonlyMap<string, number> {
  return new Map(operations.map((operation, n) => [streamKey(operation), n]));
}

function streamKey({ documentId, scope, branch }: ImportedOperation): string {
  return JSON.stringify([documentId, scope, branch]);
}

/** The answer to a command. Throws its fault, or the signal's reason. */
export async function ask<T extends CommandType>(
  { link, signal }: Pick<TransferParts, "link" | "signal">,
  command: CommandOf<T>,
): Promise<Replies[T]> {
  signal.throwIfAborted();
  const reply = await link.command<T>(command);
  if (reply.ok) return reply.value;
  throw faultError(reply.fault);
}

function faultError(fault: Fault): IntakeFault {
  return new IntakeFault(fault.code === engineChangedCode ? noAnswer : fault);
}
