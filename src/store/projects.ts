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
