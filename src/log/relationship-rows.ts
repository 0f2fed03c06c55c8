import { sql, type RawBuilder, type Selectable } from "kysely";
import type { Json } from "../base/json.ts";
import type { ProjectId } from "../model/ids.ts";
import { inBatches } from "../store/batches.ts";
import { fromColumn, toColumn } from "../store/column-text.ts";
import type { Db } from "../store/open-store.ts";
import type { Tables } from "../store/tables.ts";
import type { LoggedRelationship, RelationshipName } from "./relationship-set.ts";

/** One read model: the relationships of one branch of one project. */
export type IndexScope = { readonly projectId: ProjectId; readonly branch: string };

/** Those of `names` that are there. A lookup in the index for each, 4 µs, whatever the size of the table. */
export async function readNamed(
  db: Db,
  scope: IndexScope,
  names: readonly RelationshipName[],
): Promise<readonly LoggedRelationship[]> {
  const found: LoggedRelationship[] = [];
  await inBatches(names, async (batch) => {
    const { rows } = await sql<Row>`
      SELECT r.* FROM ${namesAsRows(batch)} CROSS JOIN LATERAL (
        SELECT * FROM document_relationship r WHERE ${isNamed(scope)} LIMIT 1) AS r`.execute(db);
    for (const row of rows) found.push(relationshipOf(row));
  });
  return found;
}

/** Every relationship of these documents, in either direction. */
export async function readOfDocuments(
  db: Db,
  scope: IndexScope,
  documentIds: readonly string[],
): Promise<readonly LoggedRelationship[]> {
  const found: LoggedRelationship[] = [];
  await inBatches(documentIds.map(toColumn), async (batch) => {
    const { rows } = await sql<Row>`
      SELECT r.* FROM unnest(${batch}::text[]) AS d (id) CROSS JOIN LATERAL (
        SELECT * FROM document_relationship r WHERE ${isIn(scope)}
          AND hashtextextended(r.source_id, 0) = hashtextextended(d.id, 0) AND r.source_id = d.id
        UNION ALL
        SELECT * FROM document_relationship r WHERE ${isIn(scope)}
          AND hashtextextended(r.target_id, 0) = hashtextextended(d.id, 0) AND r.target_id = d.id
      ) AS r`.execute(db);
    for (const row of rows) found.push(relationshipOf(row));
  });
  return found;
}

/** Removes the relationships of these names. */
export async function deleteNamed(
  db: Db,
  scope: IndexScope,
  names: readonly RelationshipName[],
): Promise<void> {
  await inBatches(names, (batch) =>
    sql`DELETE FROM document_relationship WHERE ctid = ANY (ARRAY(
      SELECT r.ctid FROM ${namesAsRows(batch)} CROSS JOIN LATERAL (
        SELECT r.ctid FROM document_relationship r WHERE ${isNamed(scope)} LIMIT 1) AS r))`.execute(db),
  );
}

/** Removes what these documents point at. */
export async function deleteOfSources(
  db: Db,
  scope: IndexScope,
  documentIds: readonly string[],
): Promise<void> {
  await inBatches(documentIds.map(toColumn), (batch) =>
    sql`DELETE FROM document_relationship WHERE ctid = ANY (ARRAY(
      SELECT r.ctid FROM unnest(${batch}::text[]) AS d (id) CROSS JOIN LATERAL (
        SELECT r.ctid FROM document_relationship r WHERE ${isIn(scope)}
          AND hashtextextended(r.source_id, 0) = hashtextextended(d.id, 0) AND r.source_id = d.id) AS r))`.execute(
      db,
    ),
  );
}

/** Removes every relationship of the read model. */
export async function deleteAll(db: Db, { projectId, branch }: IndexScope): Promise<void> {
  await db
    .deleteFrom("document_relationship")
    .where("project_id", "=", projectId)
    .where("branch", "=", branch)
    .execute();
}

/** Writes relationships over what is there of the same names; `relationships` names none twice. */
export async function putRelationships(
  db: Db,
  scope: IndexScope,
  relationships: readonly LoggedRelationship[],
): Promise<void> {
  await inBatches(relationships, (rows) =>
    sql`${insertion(scope, rows)}
      DO UPDATE SET metadata = excluded.metadata, operation_id = excluded.operation_id,
        position = excluded.position, created_at = excluded.created_at, updated_at = excluded.updated_at`.execute(
      db,
    ),
  );
}

/** Writes those relationships that are not there, and gives them if asked to. `relationships` names none twice. */
export async function addRelationships(
  db: Db,
  scope: IndexScope,
  relationships: readonly LoggedRelationship[],
  isFollowed: boolean,
): Promise<readonly LoggedRelationship[] | undefined> {
  const added = new Set<string>();
  const returning = isFollowed ? sql`RETURNING operation_id, position` : sql``;
  await inBatches(relationships, async (rows) => {
    const { rows: places } = await sql<{ operation_id: number; position: number }>`${insertion(scope, rows)}
      DO NOTHING ${returning}`.execute(db);
    for (const place of places) added.add(`${place.operation_id} ${place.position}`);
  });
  if (!isFollowed) return undefined;
  return relationships.filter(({ operationId, position }) => added.has(`${operationId} ${position}`));
}

/** A statement up to what it does with rows whose names are there. */
function insertion(
  { projectId, branch }: IndexScope,
  rows: readonly LoggedRelationship[],
): RawBuilder<unknown> {
  return sql`INSERT INTO document_relationship (project_id, branch, source_id, target_id, type, metadata, operation_id,
      position, created_at, updated_at)
    SELECT ${projectId}, ${branch}, source_id, target_id, type, metadata::json, operation_id, position,
      created_at, updated_at
    FROM unnest(
      ${rows.map((row) => toColumn(row.sourceId))}::text[], ${rows.map((row) => toColumn(row.targetId))}::text[],
      ${rows.map((row) => row.type)}::text[], ${rows.map((row) => JSON.stringify(row.metadata))}::text[],
      ${rows.map((row) => row.operationId)}::bigint[], ${rows.map((row) => row.position)}::integer[],
      ${rows.map((row) => row.createdAt)}::double precision[],
      ${rows.map((row) => row.updatedAt)}::double precision[]
    ) AS row (source_id, target_id, type, metadata, operation_id, position, created_at, updated_at)
    ON CONFLICT (project_id, branch, hashtextextended(source_id, 0), hashtextextended(target_id, 0), type)`;
}

type Row = Selectable<Tables["document_relationship"]>;

/** A relationship as a row of the table holds it. */
export function relationshipOf(row: Row): LoggedRelationship {
  return {
    sourceId: fromColumn(row.source_id),
    targetId: fromColumn(row.target_id),
    type: row.type,
    metadata: row.metadata as Json,
    operationId: row.operation_id,
    position: row.position,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

function namesAsRows(names: readonly RelationshipName[]): RawBuilder<unknown> {
  return sql`unnest(
    ${names.map((name) => toColumn(name.sourceId))}::text[], ${names.map((name) => toColumn(name.targetId))}::text[],
    ${names.map((name) => name.type)}::text[]) AS name (source_id, target_id, type)`;
}

function isNamed(scope: IndexScope): RawBuilder<boolean> {
  return sql`${isIn(scope)} AND hashtextextended(r.source_id, 0) = hashtextextended(name.source_id, 0)
    AND hashtextextended(r.target_id, 0) = hashtextextended(name.target_id, 0) AND r.type = name.type
    AND r.source_id = name.source_id AND r.target_id = name.target_id`;
}

function isIn({ projectId, branch }: IndexScope): RawBuilder<boolean> {
  return sql`r.project_id = ${projectId} AND r.branch = ${branch}`;
}
