import { sql } from "kysely";
import type { ProjectId } from "../model/ids.ts";
import type { Operation } from "../model/operation.ts";
import { inBatches } from "../store/batches.ts";
import { fromColumn, toColumn } from "../store/column-text.ts";
import type { Db } from "../store/open-store.ts";
import { selectOperations } from "./operation-rows.ts";
import type { IndexScope } from "./relationship-rows.ts";
import { StreamMap, type StreamName } from "./stream-map.ts";

/** Whole streams, each ascending by index; one that holds nothing is an empty list. */
export async function readStreams(
  db: Db,
  projectId: ProjectId,
  names: readonly StreamName[],
): Promise<StreamMap<readonly Operation[]>> {
  const streams = new StreamMap<Operation[]>();
  for (const name of names) streams.set(name, []);
  await inBatches([...streams.entries()], async (batch) => {
    const operations = await selectOperations(
      db,
      sql`SELECT o.* FROM unnest(${batch.map(([name]) => toColumn(name.documentId))}::text[],
        ${batch.map(([name]) => name.scope)}::text[], ${batch.map(([name]) => name.branch)}::text[])
        AS name (document_id, scope, branch)
      CROSS JOIN LATERAL (
        SELECT * FROM operation o
        WHERE o.project_id = ${projectId}
          AND hashtextextended(o.document_id, 0) = hashtextextended(name.document_id, 0)
          AND o.scope = name.scope AND o.branch = name.branch AND o.document_id = name.document_id
        ORDER BY o.index
      ) AS o`,
    );
    for (const operation of operations) streams.get(operation)?.push(operation);
  });
  return streams;
}

/** Those of the documents that were ever deleted, whether or not that still holds. */
export async function readDeletedDocuments(
  db: Db,
  { projectId, branch }: IndexScope,
  documentIds: readonly string[],
): Promise<readonly string[]> {
  const deleted: string[] = [];
  await inBatches(documentIds.map(toColumn), async (batch) => {
    const { rows } = await sql<{ id: string }>`
      SELECT d.id FROM unnest(${batch}::text[]) AS d (id) WHERE EXISTS (
        SELECT FROM operation o WHERE o.project_id = ${projectId}
          AND hashtextextended(o.document_id, 0) = hashtextextended(d.id, 0)
          AND o.scope = 'document' AND o.branch = ${branch} AND o.document_id = d.id
          AND o.type = 'DELETE_DOCUMENT')`.execute(db);
    for (const { id } of rows) deleted.push(fromColumn(id));
  });
  return deleted;
}
