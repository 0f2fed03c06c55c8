import { afterAll, beforeAll, expect, it } from "vitest";
import { asContentHash, asProjectId, asTaskKey, type ProjectId } from "../model/ids.ts";
import type { ProjectPath } from "../base/project-path.ts";
import { fileId } from "../model/resource.ts";
import { findMade, type Made } from "./artifacts.ts";
import type { Store } from "./open-store.ts";
import { openTestStore } from "./testing/open-test-store.ts";
import { adoptOutputs } from "./outputs.ts";
import { commit, fileRecord, output } from "./sample-rows.test-kit.ts";
import { loadOutputs, loadSources, putSources } from "./resources.ts";

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
}, 60_000);
afterAll(() => store.close());

const [one, other] = [asProjectId("one"), asProjectId("other")];
const key = asTaskKey("00000000000000aa");

/** What the key gave, told by its last hex digit. */
function made(digit: string, type = "text/html"): Made {
  const hash = asContentHash(digit.padStart(16, "0"));
  return { taskKey: key, artifact: { hash, size: 3, type }, problems: [] };
}
const build = (projectId: ProjectId, result: Made) => commit(store, projectId, { made: [result] });
const answer = async (projectId: ProjectId) =>
  (await findMade(store, projectId, [key])).get(key)?.artifact ?? null;

it("[S14] believes what a project file says of a key in its own project alone, and what was made here first", async () => {
  await adoptOutputs(store, one, { outputs: [], made: [made("1")] });
  expect([await answer(one), await answer(other)]).toEqual([made("1").artifact, null]);
  await build(other, made("2"));
  expect([await answer(one), await answer(other)]).toEqual([made("2").artifact, made("2").artifact]);
  await adoptOutputs(store, other, { outputs: [], made: [made("3")] });
  expect([await answer(one), await answer(other)]).toEqual([made("2").artifact, made("2").artifact]);
});

it("[S14] believes in every project what a project file said of a key once it was made here", async () => {
  const [third, fourth] = [asProjectId("third"), asProjectId("fourth")];
  const later: Made = { ...made("5"), taskKey: asTaskKey("00000000000000bb") };
  await adoptOutputs(store, third, { outputs: [], made: [later] });
  await build(third, later);
  expect((await findMade(store, fourth, [later.taskKey])).size).toBe(1);
});

it("[S14] believes the maker of bytes what type they have", async () => {
  await adoptOutputs(store, one, { outputs: [], made: [made("4", "text/plain")] });
  await build(other, made("4", "text/css"));
  expect(await answer(other)).toMatchObject({ type: "text/css" });
  await adoptOutputs(store, one, { outputs: [], made: [made("4", "text/plain")] });
  expect(await answer(other)).toMatchObject({ type: "text/css" });
});

it("[S15] an output never takes the place of a file, and none removes one", async () => {
  const path = "b.md" as ProjectPath;
  const source = fileRecord(path);
  await store.transaction((db) => putSources(db, one, [source]));
  const taken = output(fileId(path));
  const own = output("page:b.md");
  await adoptOutputs(store, one, { outputs: [taken, own], made: [] });
  expect([await loadSources(store, one), await loadOutputs(store, one)]).toEqual([[source], [own]]);
  await commit(store, one, { removals: [taken.id, own.id] });
  expect([await loadSources(store, one), await loadOutputs(store, one)]).toEqual([[source], []]);
});
