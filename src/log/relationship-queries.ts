import { sql, type RawBuilder } from "kysely";
import { asResourceId } from "../model/ids.ts";
import type { Relationship } from "../model/relationship.ts";
import { fromColumn, quoted, toColumn } from "../store/column-text.ts";
import type { Store } from "../store/open-store.ts";
import { invariant } from "../base/invariant.ts";
import type { DocumentRelationship, Paging, RelationshipCount } from "./document-indexer.ts";
import { relationshipOf, type IndexScope } from "./relationship-rows.ts";
import type { LoggedRelationship } from "./relationship-set.ts";

/** Which relationships a query is after: with these ends, where given, and of these types, where given. */
export type RelationshipFilter = {
  readonly sourceId?: string;
  readonly targetId?: string;
  readonly types?: readonly string[] | undefined;
};

/**
 * Relationships that match any of the filters, in the order of the log. A part goes on from a place in the log, which
 * need not hold a relationship any more, so parts joined are the whole whatever was added between them.
 */
export async function selectRelationships(
  store: Store,
  { projectId, branch }: IndexScope,
  filters: readonly RelationshipFilter[],
  { after, limit }: Paging = {},
): Promise<readonly DocumentRelationship[]> {
  invariant(limit === undefined || (Number.isInteger(limit) && limit > 0), "a part of a list has a size");
  const rows = await store.read((db) => {
    const query = db
      .selectFrom("document_relationship")
      .selectAll()
      .where("project_id", "=", projectId)
      .where("branch", "=", branch)
      .where((of) => of.or(filters.map(conditionOf)))
      .where(after === undefined ? sql<boolean>`true` : isAfter(after))
      .orderBy("operation_id")
      .orderBy("position");
    return (limit === undefined ? query : query.limit(limit)).execute();
  });
  return rows.map((row) => documentRelationshipOf(relationshipOf(row)));
}

/** How many relationships of each type a document has in either direction. A lookup in two indexes. */
export async function countRelationships(
  store: Store,
  { projectId, branch }: IndexScope,
  documentId: string,
): Promise<readonly RelationshipCount[]> {
  const ofDirection = (direction: RelationshipCount["direction"], column: "source_id" | "target_id") =>
    sql`SELECT ${direction}::text AS direction, type, count(*)::integer AS count FROM document_relationship
      WHERE project_id = ${projectId} AND branch = ${branch} AND ${isDocument(column, documentId)}
      GROUP BY type`;
  const { rows } = await store.read((db) =>
    sql<{ direction: RelationshipCount["direction"]; type: string; count: number }>`
      ${ofDirection("outgoing", "source_id")} UNION ALL ${ofDirection("incoming", "target_id")}
      ORDER BY direction, type`.execute(db),
  );
  return rows.map(({ direction, type, count }) => ({ direction, relationshipType: type, count }));
}

/** The types in use. */
export async function selectTypes(
  store: Store,
  { projectId, branch }: IndexScope,
): Promise<readonly string[]> {
  const rows = await store.read((db) =>
    db
      .selectFrom("document_relationship")
      .select("type")
      .distinct()
      .where("project_id", "=", projectId)
      .where("branch", "=", branch)
      .orderBy("type")
      .execute(),
  );
  return rows.map((row) => row.type);
}

/** Every relationship, in the order of the log. About 3 µs each. */
export async function loadRelationships(
  store: Store,
  { projectId, branch }: IndexScope,
): Promise<readonly Relationship[]> {
  const rows = await store.readJson(
    `SELECT json_build_array(source_id, target_id, type, metadata) FROM document_relationship
     WHERE project_id = ${quoted(projectId)} AND branch = ${quoted(branch)} ORDER BY operation_id, position`,
  );
  return rows.map((row) => {
    const [source, target, type, metadata] = row as [
      string,
      string,
      Relationship["type"],
      Relationship["metadata"],
    ];
    return {
      source: asResourceId(fromColumn(source)),
      target: asResourceId(fromColumn(target)),
      type,
      metadata,
    };
  });
}

function conditionOf({ sourceId, targetId, types }: RelationshipFilter): RawBuilder<boolean> {
  const conditions: RawBuilder<unknown>[] = [];
  if (sourceId !== undefined) conditions.push(isDocument("source_id", sourceId));
  if (targetId !== undefined) conditions.push(isDocument("target_id", targetId));
  if (types !== undefined) conditions.push(sql`type = ANY (${types}::text[])`);
  return sql<boolean>`(${sql.join(conditions, sql` AND `)})`;
}

/** Whether a relationship stands after a place in the log. */
function isAfter(id: DocumentRelationship["id"]): RawBuilder<boolean> {
  const place = /^(\d+)\.(\d+)$/u.exec(id);
  invariant(place !== null, `${id} is the id of a relationship`);
  return sql<boolean>`(operation_id, position) > (${place[1]}::bigint, ${place[2]}::integer)`;
}

/** The hash finds the rows in the index, the text makes sure of them. */
function isDocument(column: "source_id" | "target_id", documentId: string): RawBuilder<unknown> {
  const text = toColumn(documentId);
  const name = sql.ref(column);
  return sql`hashtextextended(${name}, 0) = hashtextextended(${text}, 0) AND ${name} = ${text}`;
}

function documentRelationshipOf(relationship: LoggedRelationship): DocumentRelationship {
  return {
    id: `${relationship.operationId}.${relationship.position}`,
    sourceId: relationship.sourceId,
    targetId: relationship.targetId,
    relationshipType: relationship.type,
    metadata: relationship.metadata,
    createdAt: new Date(relationship.createdAt),
    updatedAt: new Date(relationship.updatedAt),
  };
}
