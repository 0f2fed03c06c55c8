import { sql } from "kysely";
import { beforeEach, expect, it } from "vitest";
import { compareNames } from "../base/byte-order.ts";
import { asJobId } from "../model/ids.ts";
import { TestFolder } from "./testing/test-folder.ts";
import { createTestDisk, openTestHostOn, type TestDisk, type TestHost } from "./testing/test-host.ts";

const projectId = "00000000-0000-4000-8000-000000000001";
let disk: TestDisk;
let test: TestHost;

beforeEach(async () => {
  disk = await createTestDisk();
  test = await openTestHostOn(disk, { projectId, alter: (result) => result });
});

const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>';

function handbook(): TestFolder {
  const folder = new TestFolder();
  folder.write("index.md", "# Home\n\n![[guide#Setup]]\n\n[[notes]]\n");
  folder.write("guide.md", "# Guide\n\n## Setup\n\nDo this.\n\n![](map.svg)\n");
  folder.write("notes.md", "# Notes\n\nSome.\n");
  folder.write("map.svg", svg);
  return folder;
}

/** All rows of all tables, all bytes and the whole site, as text. */
async function everything({ store, stores }: TestDisk): Promise<string> {
  const { rows } = await sql<{ name: string }>`
    SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1`.execute(
    store.db,
  );
  const tables = await Promise.all(
    rows.map(async ({ name }) => {
      const all = await sql<{ row: string }>`
        SELECT t::text || t.ctid::text || t.xmin::text AS row FROM ${sql.table(name)} t ORDER BY 1`.execute(
        store.db,
      );
      return [name, ...all.rows.map(({ row }) => row)];
    }),
  );
  const hashes = await stores.artifacts.list();
  const bytes = (await stores.artifacts.getMany(hashes)).map((one) => [...(one ?? [])].join());
  return JSON.stringify([tables, hashes, bytes, await stores.site.list(test.projectId)]);
}

const shown = () => JSON.stringify(Object.values(test.views).map((view) => [...view]));

it("[E37] changes nothing: neither database, artifacts, site nor what is shown, and no task runs", async () => {
  const folder = handbook();
  await test.build(folder);
  folder.write("guide.md", "# Guide\n\n## Setup\n\nDo that.\n");
  folder.write("new.md", "# New\n\n![[notes]]\n");
  folder.write("strata.yaml", "title: Other\n");
  folder.remove("map.svg");
  const before = [await everything(disk), shown()];
  for (const options of [{}, { force: true }, { root: "page:new.md" }]) {
    const ran = await test.ranIn(() => test.plan(folder, options));
    expect(ran).toEqual([]);
    await test.plan(null, options);
  }
  expect([await everything(disk), shown()]).toEqual(before);
  // And the build afterwards does what it would have done without.
  await test.build(folder);
  const clean = await openTestHostOn(await createTestDisk(), { projectId, alter: (result) => result });
  await clean.build(folder.copy());
  expect(await test.site()).toEqual(await clean.site());
});

it("[E37] tells what runs, in which generation and why, what may run, and what is taken over", async () => {
  const folder = handbook();
  await test.build(folder);
  expect(await test.plan(folder)).toMatchObject({ tasks: [], clean: 6, removals: [] });
  folder.write("guide.md", "# Guide\n\n## Setup\n\nDo that.\n");
  const { tasks, removals, clean } = await test.plan(folder);
  expect(tasks.map(({ estimateMs: _, ...task }) => task)).toEqual([
    {
      resourceId: "fragment:guide.md#setup",
      kind: "fragment",
      generation: 1,
      expected: "run",
      cause: "guide.md changed, and 2 more",
    },
    {
      resourceId: "page:guide.md",
      kind: "page",
      generation: 1,
      expected: "run",
      cause: expect.stringContaining("guide.md changed") as string,
    },
    {
      resourceId: "page:index.md",
      kind: "page",
      generation: 2,
      expected: "may-run",
      cause: "fragment:guide.md#setup may change",
    },
  ]);
  expect(removals).toEqual(["copy:map.svg"]);
  expect(clean).toBe(2);
});

it("[E37] tells that what moved is taken over, and what that leaves as it is", async () => {
  const folder = handbook();
  folder.write("guide.md", "# Guide\n\n## Setup\n\n[map](map.svg)\n");
  await test.build(folder);
  folder.write("pics/map.svg", svg);
  folder.remove("map.svg");
  folder.write("guide.md", "# Guide\n\n## Setup\n\n![](pics/map.svg)\n");
  const { tasks } = await test.plan(folder);
  const expected = new Map(tasks.map((task) => [task.resourceId as string, task.expected]));
  expect(expected.get("copy:pics/map.svg")).toBe("reuse");
  // What shows the picture has all its inputs, so it is known to run; what embeds that is not.
  expect(expected.get("page:guide.md")).toBe("run");
  expect(expected.get("page:index.md")).toBe("may-run");
  const ran = await test.ranIn(() => test.build(folder));
  expect(ran).not.toContain("copy:pics/map.svg");
  const known = tasks.filter((task) => task.expected === "run").map(({ resourceId }) => resourceId);
  expect(ran).toEqual(expect.arrayContaining(known));
});

it("[E37] tells of what fails again and of what that holds back", async () => {
  const folder = handbook();
  folder.write("map.svg", "no picture");
  folder.write("a.md", "![[b]]");
  folder.write("b.md", "![[a]]");
  await test.build(folder);
  const { tasks } = await test.plan(folder);
  const statuses = test.statuses();
  expect(tasks.length).toBeGreaterThan(3);
  for (const { resourceId, expected } of tasks) {
    expect(["fail", "poison"]).toContain(expected);
    expect(statuses.get(resourceId)).toBe(expected === "fail" ? "FAILED" : "POISONED");
  }
});

it("[E37] estimates by the timings of the tasks themselves, and of others of their kind and size", async () => {
  const folder = handbook();
  await test.open();
  expect((await test.plan(folder)).estimate).toMatchObject({ totalMs: 0, untimed: 6 });
  const { key } = await test.build(folder);
  const forced = await test.plan(folder, { force: true });
  const events = await test.events(asJobId(key));
  for (const { resourceId, estimateMs } of forced.tasks) {
    expect(estimateMs).toBe(events.find((event) => event.resourceId === resourceId)?.durationMs);
  }
  const work = forced.tasks.reduce((sum, { estimateMs }) => sum + (estimateMs ?? 0), 0);
  expect(forced.estimate.workMs).toBeCloseTo(work, 6);
  expect(forced.estimate.totalMs).toBeCloseTo(work, 6);
  expect(forced.estimate.criticalMs).toBeLessThan(work);
  expect(forced.estimate).toMatchObject({ lanes: 1, untimed: 0 });
  folder.write("more.md", "# More\n");
  const more = await test.plan(folder, { root: "page:more.md" });
  expect(more.tasks).toHaveLength(1);
  expect(more.tasks[0]?.estimateMs).toBeGreaterThan(0);
});

it("[E38] gives the generations of a root's closure, the root included, or of the project", async () => {
  await test.build(handbook());
  expect(await test.workSchedule("page:index.md")).toEqual({
    generations: [
      ["file:guide.md", "file:index.md", "file:map.svg"],
      ["copy:map.svg"],
      ["fragment:guide.md#setup"],
      ["page:index.md"],
    ],
    blocked: [],
  });
  const { generations } = await test.workSchedule();
  expect(generations.flat().sort(compareNames)).toEqual([...test.views.node.keys()].sort(compareNames));
  for (const [generation, ids] of generations.entries()) {
    for (const id of ids) expect(test.views.node.get(id)?.generation).toBe(generation);
  }
  expect(await test.workSchedule("file:index.md")).toEqual({ generations: [["file:index.md"]], blocked: [] });
  expect(await test.workSchedule("page:nowhere.md")).toEqual({ generations: [], blocked: [] });
});
