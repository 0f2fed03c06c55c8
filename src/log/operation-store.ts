import { sql } from "kysely";
import type { Clock } from "../base/clock.ts";
import type { ProjectId } from "../model/ids.ts";
import type { Operation } from "../model/operation.ts";
import { fromColumn, toColumn } from "../store/column-text.ts";
import type { Db, Store } from "../store/open-store.ts";
import { appendOperations, type AppendOptions, type AppendResult } from "./append-operations.ts";
import type { OperationToAppend } from "./operation-faults.ts";
import { selectOperations } from "./operation-rows.ts";
import type { StreamName } from "./stream-map.ts";

type StreamOfProject = StreamName & { readonly projectId: ProjectId };

/** How many operations a stream holds. */
export type Revision = StreamName & {
  readonly revision: number;
  /** The id of its first operation: where a next page of revisions goes on. */
  readonly firstId: number;
};

/** The append-only log. A row that is in it never changes. */
export type OperationStore = {
  /**
   * Appends all of `operations`, in their order, or none. Those whose action the log has already, by its id, are given
   * as they stand there, so an append can be sent again until an answer comes. A fault says `revision-conflict`,
   * `self-relationship` or `invalid-operation`. About 30 µs an operation.
   */
  append(
    projectId: ProjectId,
    operations: readonly OperationToAppend[],
    options?: AppendOptions,
  ): Promise<AppendResult>;
  /** Operations of a stream whose index is greater than `index` (-1 for all), ascending, `limit` at the most. */
  getSince(stream: StreamOfProject, index: number, limit?: number): Promise<readonly Operation[]>;
  /** Operations of a stream from index `from` to before `to`, ascending, `limit` at the most. */
  getRange(
    stream: StreamOfProject,
    range: { readonly from: number; readonly to: number },
    limit?: number,
  ): Promise<readonly Operation[]>;
  /** Operations whose id is greater than `id` (0 for all), of one project or of all, ascending. */
  getSinceId(
    id: number,
    options?: { readonly projectId?: ProjectId; readonly limit?: number },
  ): Promise<readonly Operation[]>;
  /** How many operations each stream holds that began after the operation `id` (0 for all), in the order of beginning. */
  getRevisions(projectId: ProjectId, id?: number, limit?: number): Promise<readonly Revision[]>;
  /** How much a project's log holds: all of it has an id up to `last`, 0 when it is empty. */
  count(projectId: ProjectId): Promise<{ readonly operations: number; readonly last: number }>;
};

/** Rows that one call gives when it names no limit. */
const pageSize = 1000;

export function openOperationStore(store: Store, clock: Clock): OperationStore {
  return {
    append: (projectId, operations, options) =>
      store.transaction((db) => appendOperations(db, { projectId, time: clock() }, operations, options)),
    getSince: (stream, index, limit = pageSize) =>
      store.read((db) => streamRange(db, stream, { from: index + 1, to: Infinity, limit })),
    getRange: (stream, range, limit = pageSize) =>
      store.read((db) => streamRange(db, stream, { ...range, limit })),
    getSinceId: (id, { projectId, limit = pageSize } = {}) =>
      store.read((db) => operationsSince(db, id, { projectId, limit })),
    getRevisions: (projectId, id = 0, limit = pageSize) =>
      store.read((db) => revisionsAfter(db, { projectId, id, limit })),
    count: (projectId) => store.read((db) => countOperations(db, projectId)),
  };
}

function streamRange(
  db: Db,
  stream: StreamOfProject,
  { from, to, limit }: { readonly from: number; readonly to: number; readonly limit: number },
): Promise<readonly Operation[]> {
  const documentId = toColumn(stream.documentId);
  return selectOperations(
    db,
    sql`SELECT * FROM operation
      WHERE project_id = ${stream.projectId}
        AND hashtextextended(document_id, 0) = hashtextextended(${documentId}, 0) AND document_id = ${documentId}
        AND scope = ${stream.scope} AND branch = ${stream.branch}
        AND index >= ${from} AND index < ${to}::double precision
      ORDER BY index LIMIT ${limit}`,
  );
}

/** Operations that one statement reads, whatever the size of the answer. */
const readSize = 5000;

/**
 * As `OperationStore.getSinceId`, in a transaction of the caller's. Without statistics the planner expects few rows and
 * would sort the whole rest of the log for each page, so it is told to walk along the index.
 */
export async function operationsSince(
  db: Db,
  id: number,
  { projectId, limit }: { readonly projectId: ProjectId | undefined; readonly limit: number | undefined },
): Promise<readonly Operation[]> {
  await sql`SET LOCAL enable_sort = off`.execute(db);
  const ofProject = projectId === undefined ? sql`true` : sql`project_id = ${projectId}`;
  const operations: Operation[] = [];
  for (let left = limit ?? Infinity; left > 0;) {
    const size = Math.min(left, readSize);
    const after = operations.at(-1)?.id ?? id;
    const page = await selectOperations(
      db,
      sql`SELECT * FROM operation WHERE ${ofProject} AND id > ${after} ORDER BY id LIMIT ${size}`,
    );
    for (const operation of page) operations.push(operation);
    left = page.length < size ? 0 : left - size;
  }
  return operations;
}

async function revisionsAfter(
  db: Db,
  { projectId, id, limit }: { readonly projectId: ProjectId; readonly id: number; readonly limit: number },
): Promise<readonly Revision[]> {
  const { rows } = await sql<StreamRow>`
    SELECT first.id, first.document_id, first.scope, first.branch, last.index + 1 AS revision
    FROM operation first CROSS JOIN LATERAL (
      SELECT o.index FROM operation o
      WHERE o.project_id = first.project_id
        AND hashtextextended(o.document_id, 0) = hashtextextended(first.document_id, 0)
        AND o.scope = first.scope AND o.branch = first.branch AND o.document_id = first.document_id
      ORDER BY o.index DESC LIMIT 1
    ) AS last
    WHERE first.project_id = ${projectId} AND first.id > ${id} AND first.index = 0
    ORDER BY first.id LIMIT ${limit}`.execute(db);
  return rows.map((row) => ({
    documentId: fromColumn(row.document_id),
    scope: row.scope,
    branch: row.branch,
    revision: row.revision,
    firstId: row.id,
  }));
}

async function countOperations(
  db: Db,
  projectId: ProjectId,
): Promise<{ readonly operations: number; readonly last: number }> {
  const row = await db
    .selectFrom("operation")
    .select(({ fn }) => [fn.countAll<number>().as("operations"), fn.max("id").as("last")])
    .where("project_id", "=", projectId)
    .executeTakeFirst();
  return { operations: Number(row?.operations ?? 0), last: Number(row?.last ?? 0) };
}

type StreamRow = { id: number; document_id: string; scope: string; branch: string; revision: number };
