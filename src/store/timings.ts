import { asResourceId, type ProjectId, type ResourceId } from "../model/ids.ts";
import { fromColumn, quoted } from "./column-text.ts";
import type { Store } from "./open-store.ts";

/** How long a task that made its output took. */
export type Timing = { readonly resourceId: ResourceId; readonly durationMs: number };

/** The timings of the last `limit` tasks of a project that made their outputs, those of all kept runs together. */
export async function loadTimings(
  store: Store,
  projectId: ProjectId,
  limit: number,
): Promise<readonly Timing[]> {
  const rows = await store.readJson(
    `SELECT json_build_array(resource_id, duration_ms) FROM (
       SELECT resource_id, duration_ms FROM job_task
       WHERE project_id = ${quoted(projectId)} AND outcome = 'built'
       ORDER BY started_at DESC, resource_id LIMIT ${Math.trunc(limit)}) AS latest`,
  );
  return rows.map((row) => {
    const [id, durationMs] = row as [string, number];
    return { resourceId: asResourceId(fromColumn(id)), durationMs };
  });
}
