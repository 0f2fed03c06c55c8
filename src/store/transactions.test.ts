import { listProjects, putProject } from "./projects.ts";
import { newProject } from "./sample-rows.test-kit.ts";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Store } from "./open-store.ts";
import { openTestStore } from "./testing/open-test-store.ts";

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
}, 60_000);
afterAll(() => store.close());

it("[S3] take turns: none sees another half done", async () => {
  const projectId = newProject();
  await putProject(store, { projectId, name: "0" }, 0);
  const increment = () =>
    store.transaction(async (db) => {
      const of = db.selectFrom("project").select("name").where("project_id", "=", projectId);
      const { name } = await of.executeTakeFirstOrThrow();
      await db
        .updateTable("project")
        .set({ name: String(Number(name) + 1) })
        .where("project_id", "=", projectId)
        .execute();
    });
  const reads = Array.from({ length: 20 }, () =>
    Promise.all([increment(), store.read(async () => undefined)]),
  );
  await Promise.all(reads);
  const rows = await listProjects(store);
  expect(rows.find((row) => row.projectId === projectId)?.name).toBe("20");
});

it("[S3] go on after one that failed", async () => {
  await expect(store.transaction(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
  await expect(
    store.transaction((db) => db.insertInto("schema_version").values({ version: 1, name: "" }).execute()),
  ).rejects.toThrow("duplicate key");
  expect(await store.read((db) => db.selectFrom("schema_version").selectAll().execute())).not.toEqual([]);
});
