import { expect, it } from "vitest";
import { asJobId } from "../model/ids.ts";
import type { TaskResult } from "../model/wire.ts";
import { TestFolder } from "./testing/test-folder.ts";
import { openTestHost } from "./testing/test-host.ts";

const fault = { code: "broken", severity: "error", message: "It broke.", remedy: "Mend it." } as const;

it("[E74] tries again what failed and what it held back, and runs nothing else", async () => {
  let isBroken = true;
  const fail = (result: TaskResult): TaskResult =>
    isBroken && result.resourceId === "fragment:middle.md#"
      ? { status: "failed", resourceId: result.resourceId, fault, durationMs: 1 }
      : result;
  const test = await openTestHost("retry", fail);
  const folder = new TestFolder();
  folder.write("index.md", "# Home\n\n![[middle]]\n");
  folder.write("middle.md", "# Middle\n\n![[end]]\n");
  folder.write("end.md", "# End\n");
  folder.write("beside.md", "# Beside\n");
  expect(await test.build(folder)).toMatchObject({ failed: 1, poisoned: 1 });
  const ranIn = async (work: () => Promise<unknown>) => {
    const before = test.ran.length;
    await work();
    return test.ran.slice(before).filter((id) => !id.startsWith("file:"));
  };

  expect(await ranIn(() => test.build(folder))).toEqual([]);
  expect(await ranIn(() => test.build(folder, { failed: "only" }))).toEqual(["fragment:middle.md#"]);
  isBroken = false;
  folder.write("beside.md", "# Beside, changed since\n");
  expect(await ranIn(() => test.build(folder, { failed: "only" }))).toEqual([
    "fragment:middle.md#",
    "page:index.md",
  ]);
  expect(test.statuses().get("page:index.md")).toBe("DONE");

  // What the retry left alone is not forgotten.
  const last = await test.build(folder);
  const { events } = await test.runTasks(asJobId(last.key));
  expect(events.map(({ resourceId }) => resourceId)).toContain("page:beside.md");
  expect((await test.site()).get("beside.html")).toContain("changed since");
});

it("[E74] tries failures again beside what changed, when both are asked for", async () => {
  let isBroken = true;
  const fail = (result: TaskResult): TaskResult =>
    isBroken && result.resourceId === "page:a.md"
      ? { status: "failed", resourceId: result.resourceId, fault, durationMs: 1 }
      : result;
  const test = await openTestHost("retry too", fail);
  const folder = new TestFolder();
  folder.write("a.md", "# A\n");
  folder.write("b.md", "# B\n");
  await test.build(folder);
  isBroken = false;
  folder.write("b.md", "# B, changed\n");
  expect(await test.build(folder, { failed: "too" })).toMatchObject({ failed: 0, phase: "done" });
  expect((await test.site()).get("b.html")).toContain("changed");
  expect([...test.statuses().values()].every((status) => status === "DONE")).toBe(true);
});
