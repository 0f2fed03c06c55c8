import type { ProjectId } from "../model/ids.ts";
import { asProjectId } from "../model/ids.ts";
import { fromColumn, toColumn } from "./column-text.ts";
import type { Store } from "./open-store.ts";

/** A project as the database knows it. Times are milliseconds since the epoch. */
export type ProjectRecord = {
  readonly projectId: ProjectId;
  readonly name: string;
  readonly createdAt: number;
  readonly openedAt: number;
};

/** Notes that a project was opened at `time`: a new one is created, a known one takes the name it has now. */
export async function putProject(
  store: Store,
  project: { readonly projectId: ProjectId; readonly name: string },
  time: number,
): Promise<void> {
  const name = toColumn(project.name);
  await store.transaction((db) =>
    db
      .insertInto("project")
      .values({ project_id: project.projectId, name, created_at: time, opened_at: time })
      .onConflict((on) => on.column("project_id").doUpdateSet({ name, opened_at: time }))
      .execute(),
  );
}

/** Whether another copy of the log was merged into that of the project since its folder was last read. */
export async function isMerged(store: Store, projectId: ProjectId): Promise<boolean> {
  const row = await store.read((db) =>
    db.selectFrom("project").select("merged").where("project_id", "=", projectId).executeTakeFirst(),
  );
  return row?.merged ?? false;
}

/** Notes whether the log of a known project says what its folder never did. */
export async function setMerged(store: Store, projectId: ProjectId, merged: boolean): Promise<void> {
  await store.transaction((db) =>
    db.updateTable("project").set({ merged }).where("project_id", "=", projectId).execute(),
  );
}

/** Every project, the last opened first, then by id. */
export async function listProjects(store: Store): Promise<readonly ProjectRecord[]> {
  const rows = await store.read((db) =>
    db.selectFrom("project").selectAll().orderBy("opened_at", "desc").orderBy("project_id").execute(),
  );
  return rows.map((row) => ({
    projectId: asProjectId(row.project_id),
    name: fromColumn(row.name),
    createdAt: row.created_at,
    openedAt: row.opened_at,
  }));
}

/** The tables that hold rows of a project; `artifact` is shared by all of them. */
export const tablesOfProject = [
  "operation",
  "resource",
  "document_relationship",
  "indexer_state",
  "log_clock",
  "write_job",
  "job",
  "job_task",
  "graph_snapshot",
  "made",
  "project",
] as const;

/** Removes everything that the database holds of a project, all or nothing. Its artifacts become collectable. */
export function deleteProject(store: Store, projectId: ProjectId): Promise<void> {
  return store.transaction(async (db) => {
    for (const table of tablesOfProject) {
      await db.deleteFrom(table).where("project_id", "=", projectId).execute();
    }
  });
}
