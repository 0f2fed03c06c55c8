import type { ProjectId } from "../model/ids.ts";
import type { SettledJob, WriteKind } from "../model/write-job.ts";
import type { Db } from "../store/open-store.ts";

/** How many answers of a project are kept. */
const kept = 1000;

/** How a write of before ended. */
export async function readWriteJob(
  db: Db,
  projectId: ProjectId,
  id: string,
): Promise<SettledJob | undefined> {
  const row = await db
    .selectFrom("write_job")
    .select(["kind", "outcome"])
    .where("project_id", "=", projectId)
    .where("id", "=", id)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { kind, outcome } = row as { kind: WriteKind; outcome: Omit<SettledJob, "id" | "kind"> };
  return { id, kind, ...outcome } as SettledJob;
}

/** Keeps how a write ended, in the transaction of the write. */
export async function writeWriteJob(
  db: Db,
  projectId: ProjectId,
  { id, kind, ...outcome }: SettledJob,
  time: number,
): Promise<void> {
  await db
    .insertInto("write_job")
    .values({ project_id: projectId, id, kind, outcome: JSON.stringify(outcome), settled_at: time })
    .execute();
  await clearWriteJobs(db, projectId);
}

async function clearWriteJobs(db: Db, projectId: ProjectId): Promise<void> {
  const oldest = db
    .selectFrom("write_job")
    .select("number")
    .where("project_id", "=", projectId)
    .orderBy("number", "desc")
    .offset(kept)
    .limit(1);
  await db
    .deleteFrom("write_job")
    .where("project_id", "=", projectId)
    .where("number", "<=", oldest)
    .execute();
}
