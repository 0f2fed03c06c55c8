import { expect, it } from "vitest";
import { from } from "../circuit/query.ts";
import { asContentHash } from "../model/ids.ts";
import type { StorageRow } from "../model/view-rows.ts";
import type { Replies } from "../model/wire.ts";
import { totalOfAll } from "../store/artifacts.ts";
import { TestFolder } from "./testing/test-folder.ts";
import { createTestDisk, openTestHostOn } from "./testing/test-host.ts";

it("[E75] frees what nothing refers to, leaves the rest, and says how much that was", async () => {
  const disk = await createTestDisk();
  const id = "00000000-0000-4000-8000-000000000001";
  const test = await openTestHostOn(disk, { projectId: id, alter: (result) => result });
  const { projectId, host, stores } = test;
  const collect = async (): Promise<Replies["collect"]> => {
    const reply = await host.command<"collect">({ type: "collect", projectId });
    if (!reply.ok) throw new Error(reply.fault.message);
    return reply.value;
  };
  const folder = new TestFolder();
  folder.write("a.md", "# A\n");
  await test.build(folder);
  const stored = await test.ask("stored", from<StorageRow>("storage"));
  const site = await test.site();
  const before = await totalOfAll(disk.store);
  const row = (artifacts: number, bytes: number) => [{ key: "artifacts", count: artifacts, bytes }];
  expect([...stored.values()]).toEqual(row(before.artifacts, before.bytes));
  expect(await collect()).toEqual({ artifacts: 0, bytes: 0 });

  // What an import that came to nothing leaves.
  const artifact = { hash: asContentHash("00000000000000ab"), size: 5, type: "text/html" };
  await host.command<"expect-artifacts">({ type: "expect-artifacts", projectId, artifacts: [artifact] });
  await stores.artifacts.putMany([{ ...artifact, bytes: new Uint8Array(5) }]);
  expect([...stored.values()]).toEqual(row(before.artifacts + 1, before.bytes + 5));
  expect(await collect()).toEqual({ artifacts: 1, bytes: 5 });
  expect(await stores.artifacts.get(artifact.hash)).toBeUndefined();
  expect([...stored.values()]).toEqual(row(before.artifacts, before.bytes));
  expect(await test.site()).toEqual(site);
  expect(await test.build(folder)).toMatchObject({ built: 0, failed: 0 });
});

it("[E75] leaves nothing of a copy that no page asks for, while its file has the same bytes", async () => {
  const disk = await createTestDisk();
  const id = "00000000-0000-4000-8000-000000000001";
  const test = await openTestHostOn(disk, { projectId: id, alter: (result) => result });
  const folder = new TestFolder();
  folder.write("data.csv", "1,2");
  folder.write("a.md", "[Data](data.csv)\n");
  await test.build(folder);
  folder.write("a.md", "None.\n");
  await test.build(folder);
  folder.write("data.csv", "3,4");
  await test.build(folder);
  expect(await test.collect()).toEqual({ artifacts: 0, bytes: 0 });
  folder.write("a.md", "[Data](data.csv)\n");
  expect(await test.build(folder)).toMatchObject({ built: 2 });
});
