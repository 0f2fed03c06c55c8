import type { ProjectId } from "../model/ids.ts";
import { putGraphSnapshot } from "./graph-snapshots.ts";
import { startRun } from "./jobs.ts";
import { deleteProject, listProjects, putProject, tablesOfProject } from "./projects.ts";
import { commit, event, hash, made, newProject, output, run } from "./sample-rows.test-kit.ts";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Store } from "./open-store.ts";
import { openTestStore } from "./testing/open-test-store.ts";

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
}, 60_000);
afterAll(() => store.close());

it("[S10] keeps the day of creation, and lists the last opened first", async () => {
  const [one, other] = [newProject(), newProject()];
  await putProject(store, { projectId: one, name: "Notes" }, 1_000);
  await putProject(store, { projectId: other, name: "Site" }, 2_000);
  await putProject(store, { projectId: one, name: "Notes, renamed" }, 3_000);
  expect(await listProjects(store)).toEqual([
    { projectId: one, name: "Notes, renamed", createdAt: 1_000, openedAt: 3_000 },
    { projectId: other, name: "Site", createdAt: 2_000, openedAt: 2_000 },
  ]);
});

it("[S10] deletes every row of a project and none of another", async () => {
  const [gone, kept] = [newProject(), newProject()];
  for (const projectId of [gone, kept]) await fill(projectId);
  const before = await countRows(kept);
  expect(Object.values(before).every((rows) => rows > 0)).toBe(true);
  await deleteProject(store, gone);
  expect(Object.values(await countRows(gone)).every((rows) => rows === 0)).toBe(true);
  expect(await countRows(kept)).toEqual(before);
});

it("[S10] names every table that has rows of projects", async () => {
  const tables = await store.db.introspection.getTables();
  const withProject = tables.filter(({ columns }) => columns.some(({ name }) => name === "project_id"));
  expect(withProject.map(({ name }) => name).toSorted()).toEqual(tablesOfProject.toSorted());
});

/** One row at least in every table of a project. */
async function fill(projectId: ProjectId): Promise<void> {
  await putProject(store, { projectId, name: "full" }, 1);
  await startRun(store, projectId, run("job", 1, null));
  await commit(store, projectId, {
    upserts: [output("a")],
    events: [event("job", "a", 0)],
    made: [made(70)],
  });
  await putGraphSnapshot(store, projectId, { signature: "s", nodes: [], edges: [], diagnostics: [] }, 1);
  await store.transaction(async (db) => {
    const project_id = projectId;
    const place = { document_id: "a", scope: "document", branch: "main", index: 0, skip: 0 };
    const copy = { action_id: crypto.randomUUID(), sequence: 0, following: 0 };
    await db
      .insertInto("operation")
      .values({ project_id, ...place, ...copy, type: "DELETE_DOCUMENT", input: "{}", hash: hash(1), time: 1 })
      .execute();
    const ends = { source_id: "a", target_id: "b", type: "embeds", metadata: "null" };
    const times = { operation_id: 1, position: 0, created_at: 1, updated_at: 1 };
    await db
      .insertInto("document_relationship")
      .values({ project_id, branch: "main", ...ends, ...times })
      .execute();
    await db.insertInto("log_clock").values({ project_id, time: 1, sequence: 1 }).execute();
    const last = { last_operation_id: 1, last_operation_time: 1 };
    await db
      .insertInto("indexer_state")
      .values({ project_id, branch: "main", ...last, last_operation_sequence: 1 })
      .execute();
    await db
      .insertInto("write_job")
      .values({ project_id, id: crypto.randomUUID(), kind: "load", outcome: "{}", settled_at: 1 })
      .execute();
  });
}

async function countRows(projectId: ProjectId): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for (const table of tablesOfProject) {
    const rows = await store.read((db) =>
      db.selectFrom(table).selectAll().where("project_id", "=", projectId).execute(),
    );
    counts[table] = rows.length;
  }
  return counts;
}
