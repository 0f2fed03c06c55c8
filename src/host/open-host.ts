import { openDexieStores } from "../artifacts/dexie-stores.ts";
import type { Stores } from "../artifacts/stores.ts";
import { loadHasher } from "../base/xxhash.ts";
import { collectStrays } from "../engine/collect.ts";
import { openEngine } from "../engine/open-engine.ts";
import type { BytesPort, EnginePorts } from "../engine/ports.ts";
import { openStore, type Store } from "../store/open-store.ts";
import type { TaskRunner } from "../tasks/contract.ts";
import { decodeText } from "../tasks/decode-text.ts";
import type { HostApi, HostOptions } from "./contract.ts";
import { fetchTemplate } from "./fetch-template.ts";
import { createLocalRunner } from "./local-runner.ts";
import { createPool } from "./pool.ts";
import { ViewHub } from "./view-hub.ts";

/** What a host stands on: given by a browser, or made in memory for Node. */
export type HostParts = {
  readonly stores: Stores;
  readonly runner: TaskRunner;
  readonly store: Store;
  readonly newId: () => string;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Whether there may be a network. */
  readonly online: () => boolean;
};

/**
 * Opens the host of this browser: with task workers, or, where there are none, with everything in the calling thread.
 * Rejects with `OpenStoreError` when the database cannot be opened.
 */
export async function openHost(options: HostOptions): Promise<HostApi> {
  const { dataDir, template, spawnTaskWorker, workers, mayAskServers } = options;
  const stores = openDexieStores();
  const runner =
    spawnTaskWorker === undefined
      ? createLocalRunner({ artifacts: stores.artifacts, highlighted: stores.highlighted })
      : createPool({ spawn: spawnTaskWorker, size: workers });
  return assembleHost({
    stores,
    runner,
    store: await openStore({
      dataDir,
      template: template === null ? undefined : () => fetchTemplate(template),
    }),
    newId: () => crypto.randomUUID(),
    clock: () => Date.now(),
    online: () => mayAskServers && navigator.onLine,
  });
}

/** Puts store, log, engine, views and runner together behind one `HostApi`. */
export async function assembleHost({ stores, ...parts }: HostParts): Promise<HostApi> {
  const hub = new ViewHub();
  const ports: EnginePorts = {
    ...parts,
    site: stores.site,
    bytes: bytesPort(stores),
    views: hub,
    hasher: await loadHasher(),
  };
  // What cannot be freed now will be at the next start.
  await collectStrays(ports).catch(() => {});
  const engine = openEngine(ports);
  return {
    command: async (command) => {
      const reply = await engine.command(command);
      // What the command changed is on its way to the page before its answer is.
      hub.flush();
      return reply;
    },
    subscribe: (listener) => hub.subscribe(listener),
  };
}

function bytesPort({ artifacts, copiedFiles }: Stores): BytesPort {
  return {
    present: (hashes) => artifacts.present(hashes),
    list: () => artifacts.list(),
    release: async (hashes) => {
      const kept = await copiedFiles.hashes();
      const free = hashes.filter((hash) => !kept.has(hash));
      await artifacts.deleteMany(free);
      return free;
    },
    readText: async (source) => {
      const bytes =
        source.type === "file"
          ? new Uint8Array(await source.file.arrayBuffer())
          : ((await artifacts.get(source.hash)) ?? new Uint8Array());
      return decodeText(bytes).text;
    },
  };
}
