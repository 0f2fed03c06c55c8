import { sql } from "kysely";
import { asResourceId, type JobId, type ProjectId, type ResourceId } from "../model/ids.ts";
import { buildOrder, type RelationshipType } from "../model/relationship.ts";
import { fromColumn, toColumn } from "./column-text.ts";
import type { Store } from "./open-store.ts";

/**
 * Which tasks of a run can start, as the database has it, by name: those of `planned` that the run has not settled and
 * whose requirements are all DONE, none of them left to the run. The relationships of the log's main branch are the
 * requirements. Cost: that of the planned tasks and of what they require.
 */
export async function readyTasks(
  store: Store,
  { projectId, jobId }: { readonly projectId: ProjectId; readonly jobId: JobId },
  planned: readonly ResourceId[],
): Promise<readonly ResourceId[]> {
  const { rows } = await store.read((db) =>
    sql<{ id: string }>`
      WITH unsettled AS MATERIALIZED (
        SELECT plan.id FROM unnest(${planned.map(toColumn)}::text[]) AS plan (id)
        WHERE NOT EXISTS (
          SELECT FROM job_task t WHERE t.project_id = ${projectId} AND t.job_id = ${jobId}
            AND hashtextextended(t.resource_id, 0) = hashtextextended(plan.id, 0) AND t.resource_id = plan.id)),
      requirement AS (
        SELECT u.id AS waiting, e.target_id AS first FROM unsettled u JOIN document_relationship e
          ON e.project_id = ${projectId} AND e.branch = 'main'
          AND hashtextextended(e.source_id, 0) = hashtextextended(u.id, 0) AND e.source_id = u.id
          AND e.type = ANY (${typesOf("source-after-target")}::text[])
        UNION ALL
        SELECT u.id, e.source_id FROM unsettled u JOIN document_relationship e
          ON e.project_id = ${projectId} AND e.branch = 'main'
          AND hashtextextended(e.target_id, 0) = hashtextextended(u.id, 0) AND e.target_id = u.id
          AND e.type = ANY (${typesOf("target-after-source")}::text[]))
      SELECT u.id FROM unsettled u
      WHERE NOT EXISTS (
        SELECT FROM requirement r WHERE r.waiting = u.id AND (
          r.first IN (SELECT id FROM unsettled)
          OR NOT EXISTS (
            SELECT FROM resource d WHERE d.project_id = ${projectId} AND d.status = 'DONE'
              AND hashtextextended(d.id, 0) = hashtextextended(r.first, 0) AND d.id = r.first)))
      ORDER BY u.id COLLATE "C"`.execute(db),
  );
  return rows.map(({ id }) => asResourceId(fromColumn(id)));
}

function typesOf(order: (typeof buildOrder)[RelationshipType]): readonly string[] {
  return Object.entries(buildOrder).flatMap(([type, its]) => (its === order ? [type] : []));
}
