import { sql, type RawBuilder, type Selectable } from "kysely";
import { asContentHash, asProjectId } from "../model/ids.ts";
import type { Action, Operation } from "../model/operation.ts";
import { inBatches } from "../store/batches.ts";
import { fromColumn, toColumn } from "../store/column-text.ts";
import type { Db } from "../store/open-store.ts";
import type { Tables } from "../store/tables.ts";

/** An operation that has everything but its global id. */
export type UnnumberedOperation = Omit<Operation, "id">;

/** Writes operations in their order, so that ids ascend with it, and gives them back with their ids. */
export async function insertOperations(
  db: Db,
  operations: readonly UnnumberedOperation[],
): Promise<readonly Operation[]> {
  const numbered: Operation[] = [];
  await inBatches(operations, async (batch) => {
    const ids = await insertBatch(db, batch);
    for (const [n, operation] of batch.entries()) numbered.push({ ...operation, id: ids[n] ?? 0 });
  });
  return numbered;
}

/** An operation as a row of the table holds it. */
export function operationOf(row: Selectable<Tables["operation"]>): Operation {
  return {
    projectId: asProjectId(row.project_id),
    id: row.id,
    documentId: fromColumn(row.document_id),
    scope: row.scope as Operation["scope"],
    branch: row.branch,
    index: row.index,
    skip: row.skip,
    action: { type: row.type, ...(row.input as object) } as Action,
    hash: asContentHash(row.hash),
    time: row.time,
    actionId: row.action_id,
    sequence: row.sequence,
    following: row.following,
  };
}

/**
 * The operations that a query over rows `o` of the table gives, in its order. They come as one JSON text, which costs a
 * third of what rows of thirteen columns do.
 */
export async function selectOperations(db: Db, query: RawBuilder<unknown>): Promise<readonly Operation[]> {
  const { rows } = await sql<{ list: readonly OperationTuple[] | null }>`
    SELECT json_agg(json_build_array(o.project_id, o.id, o.document_id, o.scope, o.branch, o.index, o.skip, o.type,
      o.input, o.hash, o.time, o.action_id, o.sequence, o.following)) AS list FROM (${query}) AS o`.execute(
    db,
  );
  return rows[0]?.list?.map(operationOfTuple) ?? [];
}

type OperationTuple = readonly [
  projectId: string,
  id: number,
  documentId: string,
  scope: string,
  branch: string,
  index: number,
  skip: number,
  type: string,
  input: unknown,
  hash: string,
  time: number,
  actionId: string,
  sequence: number,
  following: number,
];

function operationOfTuple(tuple: OperationTuple): Operation {
  const [project_id, id, document_id, scope, branch, index, skip, type, input, hash, time] = tuple;
  const [action_id, sequence, following] = tuple.slice(11) as [string, number, number];
  const stream = { project_id, document_id, scope, branch };
  return operationOf({ id, ...stream, index, skip, type, input, hash, time, action_id, sequence, following });
}

/** Ids are drawn row by row in the order of `n`, and sequences only ascend. */
async function insertBatch(db: Db, rows: readonly UnnumberedOperation[]): Promise<readonly number[]> {
  const inserted = await sql<{ id: number }>`
    INSERT INTO operation
      (project_id, document_id, scope, branch, index, skip, type, input, hash, time, action_id, sequence, following)
    SELECT project_id, document_id, scope, branch, index, skip, type, input::json, hash, time, action_id, sequence,
      following
    FROM unnest(
      ${rows.map((row) => row.projectId)}::text[], ${rows.map((row) => toColumn(row.documentId))}::text[],
      ${rows.map((row) => row.scope)}::text[], ${rows.map((row) => row.branch)}::text[],
      ${rows.map((row) => row.index)}::integer[], ${rows.map((row) => row.skip)}::integer[],
      ${rows.map((row) => row.action.type)}::text[], ${rows.map((row) => inputOf(row.action))}::text[],
      ${rows.map((row) => row.hash)}::text[], ${rows.map((row) => row.time)}::double precision[],
      ${rows.map((row) => row.actionId)}::uuid[], ${rows.map((row) => row.sequence)}::integer[],
      ${rows.map((row) => row.following)}::integer[]
    ) WITH ORDINALITY AS row
      (project_id, document_id, scope, branch, index, skip, type, input, hash, time, action_id, sequence, following, n)
    ORDER BY n
    RETURNING id`.execute(db);
  return inserted.rows.map((row) => row.id).toSorted((a, b) => a - b);
}

function inputOf({ type: _, ...input }: Action): string {
  return JSON.stringify(input);
}
