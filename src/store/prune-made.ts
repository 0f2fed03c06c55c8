import { sql } from "kysely";
import type { ProjectId } from "../model/ids.ts";
import type { Store } from "./open-store.ts";

/**
 * Forgets what tasks of a project made that no output of it stands for any more, so that the bytes can be collected.
 * What an output holds as its last good one is remembered too: what failed may be put back. Call it after a whole
 * build, not before: a renamed file finds the output of its old name here. Linear: two conditions that are each looked
 * up by hash, where one with OR would compare every row with every other.
 */
export async function pruneMade(store: Store, projectId: ProjectId): Promise<void> {
  await store.transaction((db) =>
    sql`DELETE FROM made m WHERE m.project_id = ${projectId}
      AND NOT EXISTS (
        SELECT FROM resource r WHERE r.project_id = m.project_id AND r.last_rendered_hash = m.task_key)
      AND NOT EXISTS (
        SELECT FROM resource r WHERE r.project_id = m.project_id AND r.content_hash = m.artifact_hash)`.execute(
      db,
    ),
  );
}
