import { sql } from "kysely";
import type { Fault } from "../base/fault.ts";
import { loadHasher } from "../base/xxhash.ts";
import type { ProjectId } from "../model/ids.ts";
import type { Operation } from "../model/operation.ts";
import { toColumn } from "../store/column-text.ts";
import type { Db } from "../store/open-store.ts";
import { advanceClock, readClock } from "./log-clock.ts";
import { conflict, otherAction, refusalOf, type OperationToAppend } from "./operation-faults.ts";
import { hashAction } from "./operation-hash.ts";
import { stampsAfter } from "./operation-order.ts";
import { insertOperations } from "./operation-rows.ts";
import { StreamMap, type StreamName } from "./stream-map.ts";
import { readStreams } from "./stream-rows.ts";

/** What a writer believes of a stream: how many operations it holds. */
export type ExpectedRevision = StreamName & { readonly revision: number };

export type AppendResult =
  | {
      readonly ok: true;
      /** As they are in the log, in the order in which they were sent. */
      readonly operations: readonly Operation[];
      /** Those of them that are new in it, ascending by id. */
      readonly appended: readonly Operation[];
    }
  | { readonly ok: false; readonly fault: Fault };

export type AppendOptions = {
  /** Append nothing unless each of these streams still has the revision named. */
  readonly expected?: readonly ExpectedRevision[];
};

/** Where operations go, and when. */
export type Target = { readonly projectId: ProjectId; readonly time: number };

/** As `OperationStore.append`, inside a transaction of the caller's. */
export async function appendOperations(
  db: Db,
  target: Target,
  operations: readonly OperationToAppend[],
  options: AppendOptions = {},
): Promise<AppendResult> {
  const ids = operations.flatMap(({ actionId }) => actionId ?? []);
  for (const operation of operations) {
    const fault = refusalOf(operation);
    if (fault !== undefined) return { ok: false, fault };
  }
  if (ids.length === 0) return appendNew(db, target, operations, options);
  const again = await findAgain(db, target.projectId, operations);
  if ("code" in again) return { ok: false, fault: again };
  return appendRest(db, target, { operations, again }, options);
}

/** Those that the log has already are answered, the others appended. */
async function appendRest(
  db: Db,
  target: Target,
  { operations, again }: { readonly operations: readonly OperationToAppend[]; readonly again: Appended },
  options: AppendOptions,
): Promise<AppendResult> {
  const rest = operations.filter((operation) => !again.has(operation));
  const result: AppendResult =
    rest.length > 0 ? await appendNew(db, target, rest, options) : { ok: true, operations: [], appended: [] };
  if (!result.ok) return result;
  const { appended } = result;
  const present = new Map([...again, ...appended.map((one, n) => [rest[n], one] as const)]);
  return { ok: true, operations: operations.flatMap((one) => present.get(one) ?? []), appended };
}

type Appended = ReadonlyMap<OperationToAppend, Operation>;

/** Which of the operations are in the log already, by the ids of their actions. */
async function findAgain(
  db: Db,
  projectId: ProjectId,
  operations: readonly OperationToAppend[],
): Promise<Appended | Fault> {
  const hasher = await loadHasher();
  const streams = await readStreams(
    db,
    projectId,
    operations.filter(({ actionId }) => actionId !== undefined),
  );
  const known = new Map(
    [...streams.entries()].flatMap(([, stream]) => stream.toReversed()).map((one) => [one.actionId, one]),
  );
  const again = new Map<OperationToAppend, Operation>();
  const sent = new Set<string>();
  for (const operation of operations) {
    if (operation.actionId === undefined) continue;
    if (sent.has(operation.actionId)) return otherAction(operation);
    sent.add(operation.actionId);
    const present = known.get(operation.actionId);
    if (present === undefined) continue;
    const isSame = present.hash === hashAction(hasher, operation.action) && isOneStream(present, operation);
    if (!isSame) return otherAction(operation);
    again.set(operation, present);
  }
  return again;
}

function isOneStream(a: StreamName, b: StreamName): boolean {
  return a.documentId === b.documentId && a.scope === b.scope && a.branch === b.branch;
}

async function appendNew(
  db: Db,
  { projectId, time }: Target,
  operations: readonly OperationToAppend[],
  { expected = [] }: AppendOptions,
): Promise<AppendResult> {
  const revisions = await readRevisions(db, projectId, [...operations, ...expected]);
  for (const stream of expected) {
    const actual = revisions.get(stream) ?? 0;
    if (actual !== stream.revision) return { ok: false, fault: conflict(stream, stream.revision, actual) };
  }
  const hasher = await loadHasher();
  const nextStamp = stampsAfter(await readClock(db, projectId), time);
  const unnumbered = operations.map((operation) => {
    const index = revisions.get(operation) ?? 0;
    revisions.set(operation, index + 1);
    return {
      actionId: crypto.randomUUID(),
      skip: 0,
      ...operation,
      ...nextStamp(),
      projectId,
      index,
      following: 0,
      hash: hashAction(hasher, operation.action),
    };
  });
  const appended = await insertOperations(db, unnumbered);
  await advanceClock(db, projectId, appended.slice(-1));
  return { ok: true, operations: appended, appended };
}

/** How many operations each stream holds. */
export async function readRevisions(
  db: Db,
  projectId: ProjectId,
  streams: readonly StreamName[],
): Promise<StreamMap<number>> {
  const revisions = new StreamMap<number>();
  for (const stream of streams) revisions.set(stream, 0);
  const names = [...revisions.entries()].map(([name]) => name);
  if (names.length === 0) return revisions;
  const { rows } = await sql<{ n: number; revision: number }>`
    SELECT name.n::integer AS n, last.index + 1 AS revision
    FROM unnest(${names.map((name) => toColumn(name.documentId))}::text[],
      ${names.map((name) => name.scope)}::text[], ${names.map((name) => name.branch)}::text[])
      WITH ORDINALITY AS name (document_id, scope, branch, n)
    CROSS JOIN LATERAL (
      SELECT o.index FROM operation o
      WHERE o.project_id = ${projectId}
        AND hashtextextended(o.document_id, 0) = hashtextextended(name.document_id, 0)
        AND o.scope = name.scope AND o.branch = name.branch AND o.document_id = name.document_id
      ORDER BY o.index DESC LIMIT 1
    ) AS last`.execute(db);
  for (const { n, revision } of rows) {
    const name = names[n - 1];
    if (name !== undefined) revisions.set(name, revision);
  }
  return revisions;
}
