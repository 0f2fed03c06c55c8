import type { Db } from "../store/open-store.ts";
import type { Stamp } from "./operation-order.ts";
import type { IndexScope } from "./relationship-rows.ts";

/** How far the rows have come. */
export type IndexerState = {
  /** The id of the last operation whose effect is in the rows, or 0. */
  readonly cursor: number;
  /** The greatest stamp of these operations. */
  readonly latest: Stamp | undefined;
};

export async function readIndexerState(db: Db, { projectId, branch }: IndexScope): Promise<IndexerState> {
  const row = await db
    .selectFrom("indexer_state")
    .selectAll()
    .where("project_id", "=", projectId)
    .where("branch", "=", branch)
    .executeTakeFirst();
  if (row === undefined) return { cursor: 0, latest: undefined };
  const latest = { time: row.last_operation_time, sequence: row.last_operation_sequence };
  return { cursor: row.last_operation_id, latest };
}

/** Moves the cursor behind `indexed`, in the transaction that writes the rows. The greatest stamp never goes back. */
export async function writeIndexerState(
  db: Db,
  { projectId, branch }: IndexScope,
  { cursor, latest }: Required<IndexerState>,
): Promise<void> {
  const { time = 0, sequence = 0 } = latest ?? {};
  const position = {
    last_operation_id: cursor,
    last_operation_time: time,
    last_operation_sequence: sequence,
  };
  await db
    .insertInto("indexer_state")
    .values({ project_id: projectId, branch, ...position })
    .onConflict((on) => on.columns(["project_id", "branch"]).doUpdateSet(position))
    .execute();
}
