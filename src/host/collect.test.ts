import { expect, it } from "vitest";
import { asContentHash } from "../model/ids.ts";
import type { Replies } from "../model/wire.ts";
import { openTestHost, TestFolder } from "./testing/test-host.ts";

it("[E75] frees what nothing refers to, leaves the rest, and says how much that was", async () => {
  const test = await openTestHost();
  const { projectId, host, stores } = test;
  const ask = async <T extends "collect" | "storage">(type: T): Promise<Replies[T]> => {
    const reply = await host.command<T>({ type, projectId } as Parameters<typeof host.command<T>>[0]);
    if (!reply.ok) throw new Error(reply.fault.message);
    return reply.value;
  };
  const folder = new TestFolder();
  folder.write("a.md", "# A\n");
  await test.build(folder);
  const [site, before] = [await test.site(), await ask("storage")];
  expect(await ask("collect")).toEqual({ artifacts: 0, bytes: 0 });

  // What an import that came to nothing leaves.
  const artifact = { hash: asContentHash("00000000000000ab"), size: 5, type: "text/html" };
  await host.command<"expect-artifacts">({ type: "expect-artifacts", projectId, artifacts: [artifact] });
  await stores.artifacts.putMany([{ ...artifact, bytes: new Uint8Array(5) }]);
  expect(await ask("storage")).toEqual({ artifacts: before.artifacts + 1, bytes: before.bytes + 5 });
  expect(await ask("collect")).toEqual({ artifacts: 1, bytes: 5 });
  expect(await stores.artifacts.get(artifact.hash)).toBeUndefined();
  expect(await ask("storage")).toEqual(before);
  expect(await test.site()).toEqual(site);
  expect(await test.build(folder)).toMatchObject({ built: 0, failed: 0 });
});
