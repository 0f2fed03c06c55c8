import { expect, it } from "vitest";
import { from } from "../circuit/query.ts";
import { asJobId } from "../model/ids.ts";
import type { NodeRow, StorageRow, TaskRow } from "../model/view-rows.ts";
import { TestFolder } from "./testing/test-folder.ts";
import { openTestHost } from "./testing/test-host.ts";

it("[H14] tells what happened to each task of the newest run, as the database keeps it", async () => {
  const test = await openTestHost();
  const folder = new TestFolder();
  folder.write("a.md", "# A\n![[b]]\n");
  folder.write("b.md", "# B\n");
  await test.open();
  const tasks = await test.ask("tasks", from<TaskRow>("task"));
  for (const text of ["# B\n", "# B, changed\n"]) {
    folder.write("b.md", text);
    const run = await test.build(folder);
    const kept = (await test.events(asJobId(run.key))).map(({ resourceId, ...event }) => ({
      key: resourceId,
      ...event,
    }));
    expect(kept.length).toBeGreaterThan(1);
    const byKey = (a: { readonly key: string }, b: { readonly key: string }) => (a.key < b.key ? -1 : 1);
    expect([...tasks.values()].sort(byKey)).toEqual(kept.sort(byKey));
  }
});

it("[H15] tells what is stored to whoever asks, once something was built", async () => {
  const test = await openTestHost();
  const folder = new TestFolder();
  folder.write("a.md", "# A\n");
  await test.build(folder);
  const stored = await test.ask("stored", from<StorageRow>("storage"));
  const outputs = await test.ask(
    "outputs",
    from<NodeRow>("node").where(({ sitePath }) => sitePath.differs(null)),
  );
  const { count, bytes } = stored.get("artifacts") ?? { count: 0, bytes: 0 };
  const sizes = [...outputs.values()].map((row) => row.bytes ?? 0);
  expect(count).toBeGreaterThanOrEqual(new Set([...outputs.values()].map(({ hash }) => hash)).size);
  expect(bytes).toBeGreaterThanOrEqual(Math.max(...sizes));
  folder.write("b.md", "# B, which is long enough to be another page\n");
  await test.build(folder);
  expect(stored.get("artifacts")?.count).toBeGreaterThan(count);
});
