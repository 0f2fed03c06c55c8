import fc from "fast-check";
import { loadHasher } from "../../base/xxhash.ts";
import { asContentHash, asProjectId, asResourceId, asSitePath, asTaskKey } from "../../model/ids.ts";
import type { Action, ImportedOperation, Operation } from "../../model/operation.ts";
import type { OutputRecord } from "../../model/output.ts";
import { defaultSettings } from "../../model/settings.ts";
import { createMemoryStores } from "../../artifacts/memory-stores.ts";
import { openProjectFile, type ProjectFile } from "./open-project-file.ts";
import { writeProjectFile } from "./write-project-file.ts";

export const projectId = asProjectId("0a1b2c3d-0000-4000-8000-00000000000a");
/** When the files of these tests are read. */
export const now = Date.UTC(2026, 0, 1);

/** Names as a hostile folder may have them: any code unit, NUL and halves of surrogate pairs among them. */
const name = fc.oneof(
  fc.constantFrom(
    "file:a.md",
    "file:ü/b c.md",
    "fragment:a.md#\0",
    "x\ud800",
    "\udfff\uffff",
    "__proto__",
    '"\n\u2028',
  ),
  fc.string({ unit: "binary", minLength: 1 }),
);
const hex = fc.bigInt(0n, 2n ** 64n - 1n).map((n) => n.toString(16).padStart(16, "0"));

const relationships = (documentId: string) =>
  fc.array(
    fc.record(
      {
        targetId: name.filter((target) => target !== documentId),
        type: fc.constantFrom("embeds" as const, "references" as const, "parent-child" as const),
        metadata: fc.constantFrom(null, { line: 3 }, { deep: [{ text: "\0\ud800" }] }),
      },
      { requiredKeys: ["targetId", "type"] },
    ),
    { maxLength: 3 },
  );

const actionOf = (documentId: string): fc.Arbitrary<Action> =>
  fc.oneof(
    fc
      .constantFrom(
        "ADD_RELATIONSHIP" as const,
        "REMOVE_RELATIONSHIP" as const,
        "UPDATE_RELATIONSHIP" as const,
      )
      .chain((type) => relationships(documentId).map((list) => ({ type, relationships: list }))),
    fc.constant({ type: "DELETE_DOCUMENT" } as const),
  );

type Step = Pick<ImportedOperation, "documentId" | "branch" | "action" | "actionId" | "hash" | "time"> & {
  readonly skip: number;
};

const step: fc.Arbitrary<Step> = name.chain((documentId) =>
  fc.record({
    documentId: fc.constant(documentId),
    branch: fc.constantFrom("main", "draft", "ärger"),
    action: actionOf(documentId),
    actionId: fc.uuid(),
    hash: hex.map(asContentHash),
    time: fc.integer({ min: 0, max: now }),
    skip: fc.nat(3),
  }),
);

/** Logs of many streams, mixed, with skips. */
export const logs: fc.Arbitrary<readonly Operation[]> = fc.array(step, { maxLength: 40 }).map(numbered);

/** Gives operations their ids, and their indexes in their streams. */
export function numbered(steps: readonly Step[]): readonly Operation[] {
  const counts = new Map<string, number>();
  return steps.map(({ skip, ...rest }, n) => {
    const key = JSON.stringify([rest.documentId, rest.branch]);
    const index = counts.get(key) ?? 0;
    counts.set(key, index + 1);
    const place = { id: 10 * n + 7, index, skip: Math.min(skip, index), following: 0, sequence: n };
    return { ...rest, ...place, scope: "document" as const, projectId };
  });
}

/** An operation that adds one relationship. */
export function addition(documentId: string, targetId: string, time = 5): Step {
  return {
    documentId,
    branch: "main",
    action: { type: "ADD_RELATIONSHIP", relationships: [{ targetId, type: "embeds", metadata: null }] },
    actionId: "0a1b2c3d-0000-4000-8000-0000000000ff",
    hash: asContentHash("00000000000000aa"),
    time,
    skip: 0,
  };
}

/** An output that holds this text, and its bytes. */
export async function outputOf(path: string, text: string) {
  const bytes = new TextEncoder().encode(text);
  const hash = asContentHash((await loadHasher()).bytes(bytes));
  const record: OutputRecord = {
    id: asResourceId(`page:${path}`),
    kind: "page",
    status: "DONE",
    sitePath: asSitePath(path),
    artifact: { hash, size: bytes.byteLength, type: "text/html" },
    taskKey: asTaskKey("00000000000000bb"),
    parts: [{ label: `content of ${path}`, value: "\0" }],
    problems: [],
    fault: null,
    culprits: [],
    cause: "new",
    durationMs: 1.5,
  };
  return { record, artifact: { hash, type: "text/html", bytes } };
}

export type Content = {
  readonly operations: readonly Operation[];
  readonly outputs: readonly Awaited<ReturnType<typeof outputOf>>[];
};

/** Writes a project file; outputs are left out when there are none. */
export async function written({ operations, outputs }: Content): Promise<Blob> {
  const { artifacts } = createMemoryStores();
  await artifacts.putMany(outputs.map(({ artifact }) => artifact));
  const header = { projectId, name: "notes", exportedAt: now, app: "0", settings: defaultSettings };
  const pages = async function* <T>(items: readonly T[]) {
    for (let at = 0; at < items.length; at += 7) yield items.slice(at, at + 7);
  };
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const made = outputs.length === 0 ? null : pages(outputs.map(({ record }) => record));
  const job = { header, operations: pages(operations), outputs: made, artifacts };
  const [blob] = await Promise.all([new Response(readable).blob(), writeProjectFile(writable, job)]);
  return blob;
}

export function opened(blob: Blob): Promise<ProjectFile> {
  return openProjectFile(blob, "notes.strata.zip", { now });
}

/** Everything that a project file gives. */
export async function readAll(file: ProjectFile) {
  const batches: (readonly ImportedOperation[])[] = [];
  const outputs: OutputRecord[] = [];
  await file.eachBatch(async (batch) => void batches.push(batch));
  await file.eachOutputs(async (page) => void outputs.push(...page));
  return { batches, outputs };
}
