import { asJobId } from "../model/ids.ts";
import type { RunRow } from "../model/view-rows.ts";
import {
  endInterruptedRuns,
  findRun,
  finishRun,
  forgetOldRuns,
  loadRuns,
  loadTaskEvents,
  startRun,
} from "./jobs.ts";
import { commit, event, newProject, run } from "./sample-rows.test-kit.ts";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Store } from "./open-store.ts";
import { openTestStore } from "./testing/open-test-store.ts";

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
}, 60_000);
afterAll(() => store.close());

it("[S11] gives the last runs, the newest first, and what each task of a run came to", async () => {
  const projectId = newProject();
  for (const n of [1, 2, 3]) await startRun(store, projectId, run(`job ${n}`, n, null));
  await finishRun(store, projectId, run("job 2", 2, 9));
  expect(await loadRuns(store, projectId, 2)).toEqual([run("job 3", 3, null), run("job 2", 2, 9)]);
  const events = [event("job 2", "b", 0), event("job 2", "a", 1)];
  await commit(store, projectId, { events: [...events, event("job 3", "a", 0)] });
  expect(await loadTaskEvents(store, projectId, asJobId("job 2"))).toEqual(events);
  const failed = { ...event("job 2", "a", 1), outcome: "failed" as const, worker: 3 };
  await commit(store, projectId, { events: [event("job 2", "a", 1), failed] });
  expect(await loadTaskEvents(store, projectId, asJobId("job 2"))).toEqual([events[0], failed]);
});

it("[S11] reads a run of before it noted its root, its stages and its cache hits", async () => {
  const projectId = newProject();
  const fresh = ["cacheHits", "cancelled", "stages", "root"];
  const old = Object.entries(run("old", 1, 2)).filter(([field]) => !fresh.includes(field));
  // What an earlier version wrote.
  await finishRun(store, projectId, Object.fromEntries(old) as RunRow);
  const whole = { ...run("old", 1, 2), cacheHits: null, cancelled: 0, stages: [], root: null };
  expect(await loadRuns(store, projectId, 9)).toEqual([whole]);
  expect(await findRun(store, projectId, asJobId("old"))).toEqual(whole);
  expect(await findRun(store, projectId, asJobId("other"))).toBeUndefined();
});

it("[S11] ends as cancelled what a killed tab left running", async () => {
  const projectId = newProject();
  await startRun(store, projectId, run("killed", 1, null));
  await finishRun(store, projectId, run("finished", 2, 5));
  await endInterruptedRuns(store, projectId, 7);
  expect(await loadRuns(store, projectId, 9)).toEqual([
    run("finished", 2, 5),
    { ...run("killed", 1, null), phase: "cancelled", endedAt: 7, timeLeft: null },
  ]);
});

it("[S11] forgets all but the last runs", async () => {
  const projectId = newProject();
  for (const n of [1, 2, 3]) await finishRun(store, projectId, run(`job ${n}`, n, n + 1));
  await commit(store, projectId, { events: [event("job 1", "a", 0), event("job 3", "a", 0)] });
  expect(await forgetOldRuns(store, projectId, 2)).toEqual(["job 1"]);
  expect(await forgetOldRuns(store, projectId, 2)).toEqual([]);
  expect((await loadRuns(store, projectId, 9)).map(({ key }) => key)).toEqual(["job 3", "job 2"]);
  expect(await loadTaskEvents(store, projectId, asJobId("job 1"))).toEqual([]);
  expect(await loadTaskEvents(store, projectId, asJobId("job 3"))).toHaveLength(1);
});
