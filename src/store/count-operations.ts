import type { ProjectId } from "../model/ids.ts";
import type { Store } from "./open-store.ts";

/** How much a project's log holds: all of it has an id up to `last`, 0 when it is empty. */
export async function countOperations(
  store: Store,
  projectId: ProjectId,
): Promise<{ readonly operations: number; readonly last: number }> {
  const row = await store.read((db) =>
    db
      .selectFrom("operation")
      .select(({ fn }) => [fn.countAll<number>().as("operations"), fn.max("id").as("last")])
      .where("project_id", "=", projectId)
      .executeTakeFirst(),
  );
  return { operations: Number(row?.operations ?? 0), last: Number(row?.last ?? 0) };
}
