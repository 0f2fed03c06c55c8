import { expect, it } from "vitest";
import type { TaskResult } from "../model/wire.ts";
import { TestFolder } from "./testing/test-folder.ts";
import { openTestHost } from "./testing/test-host.ts";

/** As a task would tell of an artifact that the database cannot hold: the commit of its batch fails. */
function tooLarge(result: TaskResult): TaskResult {
  if (result.status !== "done" || result.artifact === null) return result;
  return { ...result, artifact: { ...result.artifact, size: Number.MAX_VALUE } };
}

it("[E31] makes in the next run what a failed commit could not keep", async () => {
  let isBroken = false;
  const test = await openTestHost(undefined, (result) => (isBroken ? tooLarge(result) : result));
  const folder = new TestFolder();
  for (let i = 0; i < 20; i++) folder.write(`note-${i}.md`, `# Note ${i}\n`);
  await test.build(folder);
  for (let i = 0; i < 10; i++) folder.write(`note-${i}.md`, `# Anew ${i}\n\n![[note-${i + 1}]]\n`);
  isBroken = true;
  await expect(test.build(folder)).rejects.toThrow("went wrong");
  expect([...test.statuses().values()]).not.toContain("RUNNING");
  isBroken = false;
  expect(await test.build(folder)).toMatchObject({ phase: "done", failed: 0 });
  expect((await test.site()).get("note-3.html")).toContain("Anew 4");
  await test.closeProject();
  expect(await test.ranIn(() => test.build(folder))).toEqual([]);
  expect([...test.statuses().values()].every((status) => status === "DONE")).toBe(true);
});
