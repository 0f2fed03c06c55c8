import { sql } from "kysely";
import type { Clock } from "../base/clock.ts";
import type { Fault } from "../base/fault.ts";
import { loadHasher } from "../base/xxhash.ts";
import type { ProjectId } from "../model/ids.ts";
import type { Operation } from "../model/operation.ts";
import { toColumn } from "../store/column-text.ts";
import type { Db, Store } from "../store/open-store.ts";
import { conflict, refusalOf, type OperationToAppend } from "./operation-faults.ts";
import { hashAction } from "./operation-hash.ts";
import { insertOperations, operationOf, type UnnumberedOperation } from "./operation-rows.ts";
import { StreamMap, type StreamName } from "./stream-map.ts";

/** What a writer believes of a stream: how many operations it holds. */
export type ExpectedRevision = StreamName & { readonly revision: number };

export type AppendResult =
  | { readonly ok: true; readonly operations: readonly Operation[] }
  | { readonly ok: false; readonly fault: Fault };

export type AppendOptions = {
  /** Append nothing unless each of these streams still has the revision named. */
  readonly expected?: readonly ExpectedRevision[];
};

/** The append-only log. A row that is in it never changes. */
export type OperationStore = {
  /**
   * Appends all of `operations`, in their order, or none. A fault says `revision-conflict`, `self-relationship` or
   * `invalid-operation`. About 25 µs an operation.
   */
  append(
    projectId: ProjectId,
    operations: readonly OperationToAppend[],
    options?: AppendOptions,
  ): Promise<AppendResult>;
  /** Operations of a stream whose index is greater than `index` (-1 for all), ascending, `limit` at the most. */
  getSince(
    stream: StreamName & { readonly projectId: ProjectId },
    index: number,
    limit?: number,
  ): Promise<readonly Operation[]>;
  /** Operations whose id is greater than `id` (0 for all), of one project or of all, ascending. */
  getSinceId(
    id: number,
    options?: { readonly projectId?: ProjectId; readonly limit?: number },
  ): Promise<readonly Operation[]>;
};

/** Rows that one call gives when it names no limit. */
const pageSize = 1000;

export function openOperationStore(store: Store, clock: Clock): OperationStore {
  return {
    append: (projectId, operations, options) =>
      store.transaction((db) => appendOperations(db, { projectId, time: clock() }, operations, options)),
    getSince: (stream, index, limit = pageSize) => store.read((db) => streamSince(db, stream, index, limit)),
    getSinceId: (id, { projectId, limit = pageSize } = {}) =>
      store.read((db) => operationsSince(db, id, { projectId, limit })),
  };
}

/** As `OperationStore.append`, inside a transaction of the caller's. */
export async function appendOperations(
  db: Db,
  { projectId, time }: { readonly projectId: ProjectId; readonly time: number },
  operations: readonly OperationToAppend[],
  options?: AppendOptions,
): Promise<AppendResult> {
  for (const operation of operations) {
    const fault = refusalOf(operation);
    if (fault !== undefined) return { ok: false, fault };
  }
  const expected = options?.expected ?? [];
  const revisions = await readRevisions(db, projectId, [...operations, ...expected]);
  for (const stream of expected) {
    const actual = revisions.get(stream) ?? 0;
    if (actual !== stream.revision) return { ok: false, fault: conflict(stream, stream.revision, actual) };
  }
  const hasher = await loadHasher();
  const unnumbered = operations.map((operation): UnnumberedOperation => {
    const index = revisions.get(operation) ?? 0;
    revisions.set(operation, index + 1);
    return {
      ...operation,
      projectId,
      index,
      skip: operation.skip ?? 0,
      time,
      hash: hashAction(hasher, operation.action),
    };
  });
  return { ok: true, operations: await insertOperations(db, unnumbered) };
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

/** As `OperationStore.getSince`, on a database or transaction of the caller's. */
export async function streamSince(
  db: Db,
  stream: StreamName & { readonly projectId: ProjectId },
  index: number,
  limit: number | undefined,
): Promise<readonly Operation[]> {
  const documentId = toColumn(stream.documentId);
  const query = db
    .selectFrom("operation")
    .selectAll()
    .where("project_id", "=", stream.projectId)
    .where(sql<boolean>`hashtextextended(document_id, 0) = hashtextextended(${documentId}, 0)`)
    .where("document_id", "=", documentId)
    .where("scope", "=", stream.scope)
    .where("branch", "=", stream.branch)
    .where("index", ">", index)
    .orderBy("index");
  const rows = await (limit === undefined ? query : query.limit(limit)).execute();
  return rows.map(operationOf);
}

/** As `OperationStore.getSinceId`, on a database or transaction of the caller's. */
export async function operationsSince(
  db: Db,
  id: number,
  { projectId, limit }: { readonly projectId: ProjectId | undefined; readonly limit: number },
): Promise<readonly Operation[]> {
  const query = db.selectFrom("operation").selectAll().where("id", ">", id).orderBy("id").limit(limit);
  const rows = await (projectId === undefined ? query : query.where("project_id", "=", projectId)).execute();
  return rows.map(operationOf);
}
