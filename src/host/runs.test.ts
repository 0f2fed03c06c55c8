import { beforeEach, expect, it } from "vitest";
import { asJobId } from "../model/ids.ts";
import { workerLanes } from "../model/worker-lanes.ts";
import { SharedHost } from "./testing/shared-host.ts";
import { TestFolder } from "./testing/test-folder.ts";
import type { TestHost } from "./testing/test-host.ts";

const shared = new SharedHost();
let test: TestHost;

beforeEach(() => {
  test = shared.project();
});

/** A page that embeds a note that embeds another, and one beside them. */
function chain(): TestFolder {
  const folder = new TestFolder();
  folder.write("index.md", `# Home of ${shared.projects}\n\n![[middle]]\n`);
  folder.write("middle.md", `# Middle of ${shared.projects}\n\n![[end]]\n`);
  folder.write("end.md", `# End of ${shared.projects}\n`);
  folder.write("beside.md", `# Beside of ${shared.projects}\n`);
  return folder;
}

it("[E73] tells the stages of a run in their order, each after the one before, and keeps them", async () => {
  const folder = chain();
  const run = await test.build(folder);
  expect(run.stages.map(({ name }) => name)).toEqual([
    "intake",
    "scan",
    "fetch",
    "append",
    "prepare",
    "plan",
    "dispatch",
    "publish",
  ]);
  let free = run.startedAt;
  for (const { startedAt, endedAt } of run.stages) {
    expect(startedAt).toBeGreaterThanOrEqual(free);
    expect(endedAt).toBeGreaterThanOrEqual(startedAt);
    free = endedAt!;
  }
  expect(free).toBeLessThanOrEqual(run.endedAt!);
  await test.closeProject();
  test.views.run.clear();
  await test.open();
  expect(test.views.run.get(run.key)).toEqual(run);
});

it("[E73] counts what it took from earlier results apart from what had not changed", async () => {
  const folder = chain();
  const first = await test.build(folder);
  // The style sheet is that of the projects before.
  expect(first).toMatchObject({ cacheHits: first.reused, cancelled: 0, root: null });
  const all = first.built + first.reused;
  const other = shared.project();
  expect(await other.build(folder)).toMatchObject({ built: 0, cacheHits: all, reused: all });
  expect(await other.build(folder)).toMatchObject({ built: 0, cacheHits: 0, reused: all });
});

it("[E70] [E72] gives a worker one task at a time, and names the chain that waited longest", async () => {
  const run = await test.build(chain());
  const { events, critical } = await test.runTasks(asJobId(run.key));
  const [lane] = workerLanes(events);
  expect(lane!.slots.length).toBe(run.built);
  for (const { event, start } of lane!.slots) {
    // Nothing had to be pushed on: the times as measured do not overlap.
    expect(Math.abs(start - event.startedAt)).toBeLessThan(0.01);
    expect(event.startedAt).toBeGreaterThanOrEqual(run.startedAt - 2);
    expect(event.startedAt + event.durationMs).toBeLessThanOrEqual(run.endedAt! + 2);
  }
  const embeds = critical.filter((id) => id.startsWith("fragment:"));
  expect([["fragment:end.md#", "fragment:middle.md#"], ["fragment:end.md#"], []]).toContainEqual(embeds);
  const took = (ids: readonly string[]) =>
    events.filter(({ resourceId }) => ids.includes(resourceId)).reduce((sum, one) => sum + one.durationMs, 0);
  for (const chained of [["fragment:end.md#", "fragment:middle.md#", "page:index.md"], ["page:beside.md"]]) {
    expect(took(critical)).toBeGreaterThanOrEqual(took(chained) - 1e-6);
  }
});

it("[E71] saves a run as a trace, and says so when it is no longer kept", async () => {
  const run = await test.build(chain());
  const { fileName, mediaType, text } = await test.runTrace(asJobId(run.key));
  expect(fileName).toMatch(/^test-run-\d{4}-.*\.json$/u);
  expect(mediaType).toBe("application/json");
  const { traceEvents } = JSON.parse(text) as { traceEvents: { ph: string; tid: number; cat?: string }[] };
  expect(traceEvents.filter(({ ph, tid }) => ph === "X" && tid >= 10)).toHaveLength(run.built);
  expect(traceEvents.filter(({ cat }) => cat === "stage")).toHaveLength(8);
  await expect(test.runTrace(asJobId("never"))).rejects.toThrow("no longer kept");
});
