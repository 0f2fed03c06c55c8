import type { ProjectId } from "../model/ids.ts";
import { getGraphSnapshot, listGraphSnapshots, putGraphSnapshot } from "./graph-snapshots.ts";
import { newProject } from "./sample-rows.test-kit.ts";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Store } from "./open-store.ts";
import { openTestStore } from "./testing/open-test-store.ts";

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
}, 60_000);
afterAll(() => store.close());

it("[S12] keeps one for each signature, and numbers them", async () => {
  const projectId = newProject();
  const first = { signature: "s1", nodes: ["b", "a"], edges: [[0, 1]], diagnostics: { z: 1, a: "\0" } };
  expect(await putGraphSnapshot(store, projectId, first, 10)).toBe(1);
  expect(await putGraphSnapshot(store, projectId, { ...first, signature: "s2" }, 20)).toBe(2);
  expect(await putGraphSnapshot(store, projectId, first, 30)).toBe(1);
  expect(await listGraphSnapshots(store, projectId)).toEqual([
    { signature: "s1", version: 1, createdAt: 10 },
    { signature: "s2", version: 2, createdAt: 20 },
  ]);
  const kept = await getGraphSnapshot(store, projectId, "s1");
  expect(kept).toEqual({ ...first, version: 1, createdAt: 10 });
  expect(Object.keys(Object(kept?.diagnostics))).toEqual(["z", "a"]);
  expect(await getGraphSnapshot(store, projectId, "s3")).toBeUndefined();
});

it("[S12] keeps the newest twenty of a project, the one that was put last among them", async () => {
  const [projectId, other] = [newProject(), newProject()];
  const put = (of: ProjectId, n: number) =>
    putGraphSnapshot(store, of, { signature: `s${n}`, nodes: [], edges: [], diagnostics: {} }, n);
  const versions = async () => (await listGraphSnapshots(store, projectId)).map(({ version }) => version);
  await put(other, 1);
  for (let n = 1; n <= 25; n++) expect(await put(projectId, n)).toBe(n);
  expect(await versions()).toEqual(Array.from({ length: 20 }, (_, i) => i + 6));
  expect(await put(projectId, 6)).toBe(6);
  expect(await put(projectId, 1)).toBe(26);
  expect((await versions()).at(-1)).toBe(26);
  expect(await getGraphSnapshot(store, projectId, "s1")).toMatchObject({ version: 26, createdAt: 1 });
  expect(await listGraphSnapshots(store, other)).toHaveLength(1);
});
