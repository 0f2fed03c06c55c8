import type { ProjectId } from "../model/ids.ts";
import type { Db } from "../store/open-store.ts";
import { compareStamps, type Stamp } from "./operation-order.ts";

/** The greatest stamp of a project's log, whichever copy it comes from. */
export async function readClock(db: Db, projectId: ProjectId): Promise<Stamp | undefined> {
  return db
    .selectFrom("log_clock")
    .select(["time", "sequence"])
    .where("project_id", "=", projectId)
    .executeTakeFirst();
}

/** Takes note of operations on their way into the log, in the transaction that appends them. Never goes back. */
export async function advanceClock(db: Db, projectId: ProjectId, appended: readonly Stamp[]): Promise<void> {
  const latest = greatestStamp(appended, await readClock(db, projectId));
  if (latest === undefined) return;
  const { time, sequence } = latest;
  await db
    .insertInto("log_clock")
    .values({ project_id: projectId, time, sequence })
    .onConflict((on) => on.column("project_id").doUpdateSet({ time, sequence }))
    .execute();
}

/** The greatest of the stamps and of `other`. */
export function greatestStamp(stamps: readonly Stamp[], other: Stamp | undefined): Stamp | undefined {
  return stamps.reduce<Stamp | undefined>(
    (greatest, stamp) => (greatest === undefined || compareStamps(stamp, greatest) > 0 ? stamp : greatest),
    other,
  );
}
