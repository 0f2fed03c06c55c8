import { expose } from "comlink";
import type { HostApi, HostOptions } from "../src/host/contract.ts";
import { handOver } from "../src/host/hand-over.ts";
import { live } from "../src/host/live.ts";
import { openHost } from "../src/host/open-host.ts";

let host: HostApi | undefined;

/** The engine's thread: the page opens it once, then speaks `HostApi` with it. */
const api = {
  live,
  open: async (options: Omit<HostOptions, "spawnTaskWorker">): Promise<void> => {
    const opening = openHost({
      ...options,
      spawnTaskWorker: () => new Worker(new URL("./task.worker.ts", import.meta.url), { type: "module" }),
    });
    host = handOver(await opening);
  },
  command: (command: Parameters<HostApi["command"]>[0]) => opened().command(command),
  subscribe: (listener: Parameters<HostApi["subscribe"]>[0]) => opened().subscribe(listener),
};

function opened(): HostApi {
  if (host === undefined)
    throw new Error("Broken invariant: the page opens the engine before it speaks with it");
  return host;
}

export type EngineWorkerApi = typeof api;

expose(api);
