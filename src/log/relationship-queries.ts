import { sql, type RawBuilder } from "kysely";
import { asResourceId } from "../model/ids.ts";
import type { Relationship } from "../model/relationship.ts";
import { fromColumn, quoted, toColumn } from "../store/column-text.ts";
import type { Store } from "../store/open-store.ts";
import type { DocumentRelationship } from "./document-indexer.ts";
import { relationshipOf, type IndexScope } from "./relationship-rows.ts";
import type { LoggedRelationship } from "./relationship-set.ts";

/** Which relationships a query is after: with these ends, where given, and of these types, where given. */
export type RelationshipFilter = {
  readonly sourceId?: string;
  readonly targetId?: string;
  readonly types?: readonly string[] | undefined;
};

/** Relationships that match any of the filters, in the order of the log. */
export async function selectRelationships(
  store: Store,
  { projectId, branch }: IndexScope,
  filters: readonly RelationshipFilter[],
): Promise<readonly DocumentRelationship[]> {
  const rows = await store.read((db) =>
    db
      .selectFrom("document_relationship")
      .selectAll()
      .where("project_id", "=", projectId)
      .where("branch", "=", branch)
      .where((of) => of.or(filters.map(conditionOf)))
      .orderBy("operation_id")
      .orderBy("position")
      .execute(),
  );
  return rows.map((row) => documentRelationshipOf(relationshipOf(row)));
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
