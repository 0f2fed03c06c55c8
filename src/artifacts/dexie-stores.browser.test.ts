import Dexie from "dexie";
import { afterAll, describe, expect, it } from "vitest";
import { asContentHash, asProjectId } from "../model/ids.ts";
import { describeStores } from "./contract.test-kit.ts";
import { openDexieStores } from "./dexie-stores.ts";
import type { Stores } from "./stores.ts";

const names: string[] = [];
const opened: Stores[] = [];

function freshName(): string {
  const name = `strata-test-${crypto.randomUUID()}`;
  names.push(name);
  return name;
}

async function openFresh(): Promise<Stores> {
  const stores = openDexieStores({ name: freshName() });
  opened.push(stores);
  return stores;
}

afterAll(async () => {
  opened.forEach((stores) => stores.close());
  await Promise.all(names.map((name) => Dexie.delete(name)));
});

describe("stores in IndexedDB", () => {
  describeStores(openFresh);

  it("[A12] is there for the next connection", async () => {
    const name = freshName();
    const hash = asContentHash("00000000000000ff");
    const first = openDexieStores({ name, durability: "strict" });
    await first.artifacts.putMany([{ hash, type: "text/plain", bytes: new Uint8Array([1, 2, 3]) }]);
    first.close();
    const second = openDexieStores({ name });
    expect(await second.artifacts.get(hash)).toEqual(new Uint8Array([1, 2, 3]));
    second.close();
  });

  it("[A12] keeps the handle of a project's folder usable", async () => {
    const folder = await (
      await navigator.storage.getDirectory()
    ).getDirectoryHandle("kept", { create: true });
    await folder.getFileHandle("a.md", { create: true });
    const stores = openDexieStores({ name: freshName() });
    const projectId = asProjectId("with-handle");
    await stores.projects.put({ projectId, name: "kept", origin: "folder", handle: folder, openedAt: 1 });
    const handle = (await stores.projects.find(projectId))?.handle;
    expect((await handle?.getFileHandle("a.md"))?.name).toBe("a.md");
    stores.close();
  });

  it("[A13] names a failure of the browser's storage as a fault with a remedy", async () => {
    const stores = openDexieStores({ name: freshName() });
    await stores.artifacts.list();
    stores.close();
    await expect(stores.artifacts.get(asContentHash("0000000000000001"))).rejects.toMatchObject({
      name: "StorageFault",
      fault: { code: "storage-failed", severity: "error" },
    });
  });
});
