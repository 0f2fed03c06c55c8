import type { Operation } from "../model/operation.ts";
import type { Db } from "../store/open-store.ts";
import type { IndexScope } from "./relationship-rows.ts";

/** The id of the last operation whose effect is in the rows, or 0. */
export async function readCursor(db: Db, { projectId, branch }: IndexScope): Promise<number> {
  const row = await db
    .selectFrom("indexer_state")
    .select("last_operation_id")
    .where("project_id", "=", projectId)
    .where("branch", "=", branch)
    .executeTakeFirst();
  return row?.last_operation_id ?? 0;
}

/** Moves the cursor to `last`, in the transaction that writes the rows. */
export async function writeCursor(db: Db, { projectId, branch }: IndexScope, last: Operation): Promise<void> {
  const position = { last_operation_id: last.id, last_operation_time: last.time };
  await db
    .insertInto("indexer_state")
    .values({ project_id: projectId, branch, ...position })
    .onConflict((on) => on.columns(["project_id", "branch"]).doUpdateSet(position))
    .execute();
}
