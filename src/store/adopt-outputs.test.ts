import { afterAll, beforeAll, expect, it } from "vitest";
import {
  asContentHash,
  asProjectId,
  asResourceId,
  asSitePath,
  asTaskKey,
  type ProjectId,
} from "../model/ids.ts";
import type { OutputRecord } from "../model/output.ts";
import { fileId } from "../model/resource.ts";
import type { SourceRecord } from "../model/source.ts";
import { findMade, type Made } from "./artifacts.ts";
import type { Store } from "./open-store.ts";
import { openTestStore } from "./testing/open-test-store.ts";
import { adoptOutputs, commitOutputs } from "./outputs.ts";
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
const build = (projectId: ProjectId, result: Made) =>
  commitOutputs(store, projectId, { upserts: [], removals: [], events: [], made: [result] });
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

it("[S14] believes the maker of bytes what type they have", async () => {
  await adoptOutputs(store, one, { outputs: [], made: [made("4", "text/plain")] });
  await build(other, made("4", "text/css"));
  expect(await answer(other)).toMatchObject({ type: "text/css" });
  await adoptOutputs(store, one, { outputs: [], made: [made("4", "text/plain")] });
  expect(await answer(other)).toMatchObject({ type: "text/css" });
});

it("[S15] an output never takes the place of a file, and none removes one", async () => {
  const path = "b.md" as SourceRecord["path"];
  const source: SourceRecord = {
    path,
    kind: "document",
    size: 3,
    modified: 1,
    contentHash: asContentHash("1".repeat(16)),
    scanVersion: 1,
    facts: { type: "other" },
    fault: null,
    problems: [],
  };
  await store.transaction((db) => putSources(db, one, [source]));
  const output: OutputRecord = {
    id: fileId(path),
    kind: "page",
    status: "DONE",
    sitePath: asSitePath("b.html"),
    artifact: null,
    taskKey: key,
    parts: [],
    problems: [],
    fault: null,
    culprits: [],
    cause: "new",
    durationMs: 1,
  };
  const own = { ...output, id: asResourceId("page:b.md") };
  await adoptOutputs(store, one, { outputs: [output, own], made: [] });
  expect([await loadSources(store, one), await loadOutputs(store, one)]).toEqual([[source], [own]]);
  await commitOutputs(store, one, { upserts: [], removals: [output.id, own.id], events: [], made: [] });
  expect([await loadSources(store, one), await loadOutputs(store, one)]).toEqual([[source], []]);
});
