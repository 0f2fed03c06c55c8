import { asContentHash, asResourceId, asTaskKey } from "../model/ids.ts";
import { collectable, findMade, forgetArtifacts, forgetMade, type Made } from "./artifacts.ts";
import { deleteProject } from "./projects.ts";
import { artifact, asFault, commit, hash, made, newProject, output } from "./sample-rows.test-kit.ts";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Store } from "./open-store.ts";
import { openTestStore } from "./testing/open-test-store.ts";

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
}, 60_000);
afterAll(() => store.close());

it("[S8] finds what a task key gave in any project, and nothing for other keys", async () => {
  const [one, other] = [newProject(), newProject()];
  const problem = { ...asFault("x"), path: "a.md", line: null } as Made["problems"][number];
  await commit(store, one, {
    made: [
      { ...made(50), problems: [problem] },
      { ...made(51), artifact: null },
    ],
  });
  await commit(store, other, { made: [{ ...made(50), problems: [problem] }] });
  const keys = [50, 51, 52].map((n) => asTaskKey(hash(n)));
  expect([...(await findMade(store, one, keys))]).toEqual([
    [hash(50), { artifact: artifact(50), problems: [problem] }],
    [hash(51), { artifact: null, problems: [] }],
  ]);
  await forgetMade(store, [asTaskKey(hash(50))]);
  expect([...(await findMade(store, one, keys)).keys()]).toEqual([hash(51)]);
});

it("[S9] may collect an artifact once no output and no remembered task of any project has it", async () => {
  const [one, other] = [newProject(), newProject()];
  const isCollectable = async () => (await collectable(store)).includes(asContentHash(hash(60)));
  await commit(store, one, { upserts: [output("a", { artifact: artifact(60) })] });
  await commit(store, other, { made: [made(60)] });
  expect(await isCollectable()).toBe(false);
  await commit(store, one, { removals: [asResourceId("a")] });
  expect(await isCollectable()).toBe(false);
  await forgetArtifacts(store, [asContentHash(hash(60))]);
  expect((await findMade(store, one, [asTaskKey(hash(60))])).size).toBe(1);
  await deleteProject(store, other);
  expect(await isCollectable()).toBe(true);
  await forgetArtifacts(store, [asContentHash(hash(60))]);
  expect(await isCollectable()).toBe(false);
});
