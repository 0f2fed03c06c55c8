import { afterAll, beforeAll, expect, it } from "vitest";
import { asContentHash, asProjectId, asTaskKey } from "../model/ids.ts";
import type { Store } from "../store/open-store.ts";
import { commitOutputs } from "../store/outputs.ts";
import { openTestStore } from "../store/testing/open-test-store.ts";
import { collectStrays } from "./collect.ts";
import type { BytesPort } from "./ports.ts";

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const hash = (n: number) => asContentHash(n.toString(16).padStart(16, "0"));

it("[E7] frees what a killed thread stored and nobody noted, and nothing else", async () => {
  const artifact = { hash: hash(1), size: 1, type: "text/html" };
  const made = [{ taskKey: asTaskKey("00000000000000aa"), artifact, problems: [] }];
  await commitOutputs(store, asProjectId("p"), { upserts: [], removals: [], events: [], made });
  const stored = new Set([hash(1), hash(2), hash(3)]);
  const bytes: BytesPort = {
    present: () => Promise.reject(new Error("not asked")),
    readText: () => Promise.reject(new Error("not asked")),
    list: () => Promise.resolve([...stored]),
    release: (hashes) => Promise.resolve(hashes.filter((one) => stored.delete(one))),
  };
  await collectStrays({ store, bytes });
  expect([...stored]).toEqual([hash(1)]);
});
