import { expect, it } from "vitest";
import { asJobId } from "../model/ids.ts";
import { TestFolder } from "./testing/test-folder.ts";
import { openTestHost } from "./testing/test-host.ts";

it("[E30] keeps fifty runs and a few more, with their tasks, over all visits", async () => {
  const test = await openTestHost();
  const folder = new TestFolder();
  folder.write("a.md", "# A\n");
  const first = await test.build(folder);
  expect(await test.events(asJobId(first.key))).not.toEqual([]);
  for (let visit = 0; visit < 10; visit++) {
    await test.closeProject();
    for (let run = 0; run < 7; run++) await test.build(folder);
    expect(test.views.run.size).toBeLessThanOrEqual(60);
  }
  expect(await test.events(asJobId(first.key))).toEqual([]);
  folder.write("a.md", "# Anew\n");
  const last = await test.build(folder);
  expect(await test.events(asJobId(last.key))).not.toEqual([]);
  expect(test.views.run.size).toBeGreaterThanOrEqual(50);
  expect([...test.views.run.keys()]).toContain(last.key);
});
