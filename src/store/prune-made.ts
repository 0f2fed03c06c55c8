import { sql } from "kysely";
import type { ContentHash, ProjectId, TaskKey } from "../model/ids.ts";
import { inBatches } from "./batches.ts";
import type { Store } from "./open-store.ts";

/** What outputs were before they became others, or went. */
export type Replaced = { readonly keys: readonly TaskKey[]; readonly hashes: readonly ContentHash[] };

/**
 * Forgets what tasks of a project made that no output of it stands for any more, so that the bytes can be collected.
 * What an output holds as its last good one is remembered too: what failed may be put back. Call it after a whole
 * build, not before: a renamed file finds the output of its old name here. Linear in all that was made.
 */
export async function pruneMade(store: Store, projectId: ProjectId): Promise<void> {
  await store.transaction(async (db) => {
    // Without statistics the planner would look into an index for each row, at up to a millisecond each.
    await sql`SET LOCAL enable_nestloop = off`.execute(db);
    await sql`DELETE FROM made m WHERE m.project_id = ${projectId} AND ${isOfNoOutput}`.execute(db);
  });
}

/** The same, where nothing else than what stood for `replaced` can have to go. Linear in that. */
export async function pruneReplaced(
  store: Store,
  projectId: ProjectId,
  { keys, hashes }: Replaced,
): Promise<void> {
  await store.transaction(async (db) => {
    await inBatches(keys, (batch) =>
      sql`DELETE FROM made m WHERE m.project_id = ${projectId} AND m.task_key = ANY (${batch}::text[])
        AND ${isOfNoOutput}`.execute(db),
    );
    await inBatches(hashes, (batch) =>
      sql`DELETE FROM made m WHERE m.project_id IS NOT DISTINCT FROM ${projectId} AND m.artifact_hash = ANY (${batch}::text[])
        AND ${isOfNoOutput}`.execute(db),
    );
  });
}

/**
 * Two conditions that are each looked up by hash: one with OR would compare every row with every other. No index
 * serves IS NOT DISTINCT FROM, which is why projects are compared so: without statistics the planner would look up all
 * rows of the project instead of the few with the hash.
 * A file with the bytes of an output is none: nobody would notice when it changes.
 */
const isOfNoOutput = sql`
  NOT EXISTS (SELECT FROM resource r WHERE r.project_id IS NOT DISTINCT FROM m.project_id
    AND r.last_rendered_hash = m.task_key)
  AND NOT EXISTS (SELECT FROM resource r WHERE r.project_id IS NOT DISTINCT FROM m.project_id
    AND r.source = 'derived' AND r.content_hash = m.artifact_hash)`;
