import { proxy, releaseProxy, wrap, type Remote } from "comlink";
import type { HostApi, HostOptions } from "../host/contract.ts";
import type { CommandOf, CommandType, DeltaBatch, Reply } from "../model/wire.ts";
import { asProjectId, asResourceId } from "../model/ids.ts";
import { OpenCalls } from "./settle-calls.ts";
import { engineChanged } from "./session-faults.ts";

/** An engine that this page holds. */
export type LocalEngine = HostApi & {
  /** Ends the engine; calls under way settle with `engineChanged`. */
  close(): void;
};

/** What the engine worker exposes beside `HostApi`. */
type EngineWorker = HostApi & {
  open(options: Omit<HostOptions, "spawnTaskWorker">): Promise<void>;
  /** Holds the Web Lock `name` for as long as the worker lives; resolves once it is held. */
  live(name: string): Promise<void>;
};

/** Milliseconds without any sign of life, while a call waits, before the engine is asked whether it still lives. */
const silence = 30_000;
/** Milliseconds that it has to answer that. */
const lastWord = 30_000;
/** Milliseconds that opening the database may take; Firefox has been seen to take 12 s. */
const openLimit = 60_000;

/**
 * Starts the engine in a worker. `onLost` is called once, after every waiting call has settled, when the worker broke,
 * or gave no sign of life. Rejects when it cannot be opened.
 */
export async function startWorkerEngine(onLost: () => void): Promise<LocalEngine> {
  const worker = new Worker(new URL("../../workers/engine.worker.ts", import.meta.url), {
    type: "module",
    name: "strata-engine",
  });
  const remote = wrap<EngineWorker>(worker);
  const broken = new Promise<never>((_, reject) => {
    worker.addEventListener("error", (event) => reject(new Error(event.message || "its thread broke")));
    worker.addEventListener("messageerror", () => reject(new Error("a message could not be read")));
    void endOf(remote).then(() => reject(new Error("its thread ended")));
  });
  try {
    const template = new URL("empty-database.bin", document.baseURI).href;
    const opened = remote.open({
      dataDir: await dataDirOfWorker(),
      template,
      workers: taskWorkerCount(),
      mayAskServers: mayAskServers(),
    });
    await Promise.race([opened, broken, after(openLimit, "it did not open in time")]);
  } catch (error) {
    worker.terminate();
    throw error;
  }
  return new WorkerEngine(worker, remote, broken, onLost);
}

/** Starts the engine in the page: the same build with one thread. */
export async function startPageEngine(): Promise<LocalEngine> {
  const { openHost } = await import("../host/open-host.ts");
  const host = await openHost({
    dataDir: "idb://strata-page",
    template: null,
    spawnTaskWorker: undefined,
    workers: 1,
    mayAskServers: mayAskServers(),
  });
  const calls = new OpenCalls();
  return {
    command: (command) => calls.track(host.command(command)),
    subscribe: (listener) => host.subscribe(listener),
    close: () => calls.settleAll(engineChanged),
  };
}

/** The address of the app may say `?network=off`: then no server but its own is asked. */
function mayAskServers(): boolean {
  return new URL(location.href).searchParams.get("network") !== "off";
}

class WorkerEngine implements LocalEngine {
  readonly #worker: Worker;
  readonly #remote: Remote<EngineWorker>;
  readonly #calls = new OpenCalls();
  readonly #onLost: () => void;
  readonly #watchdog: ReturnType<typeof setInterval>;
  #lastSign = performance.now();
  #isClosed = false;

  constructor(worker: Worker, remote: Remote<EngineWorker>, broken: Promise<never>, onLost: () => void) {
    this.#worker = worker;
    this.#remote = remote;
    this.#onLost = onLost;
    this.#watchdog = setInterval(() => this.#look(), 5_000);
    broken.catch(() => this.#lose());
  }

  async command<T extends CommandType>(command: CommandOf<T>): Promise<Reply<T>> {
    if (this.#calls.size === 0) this.#lastSign = performance.now();
    const answer = this.#remote.command(command) as Promise<Reply<T>>;
    const reply = await this.#calls.track(answer);
    this.#lastSign = performance.now();
    return reply;
  }

  subscribe(listener: (batch: DeltaBatch) => void): void {
    const heard = (batch: DeltaBatch) => {
      this.#lastSign = performance.now();
      if (!this.#isClosed) listener(batch);
    };
    void this.#remote.subscribe(proxy(heard));
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearInterval(this.#watchdog);
    this.#remote[releaseProxy]();
    this.#worker.terminate();
    this.#calls.settleAll(engineChanged);
  }

  #look(): void {
    if (this.#calls.size === 0 || performance.now() - this.#lastSign < silence) return;
    this.#lastSign = performance.now() + lastWord;
    // A command without effect: what matters is that an answer of any kind comes back.
    const probe = { type: "inspect", projectId: asProjectId("-"), resourceId: asResourceId("-") } as const;
    const answer = this.#remote.command(probe).catch(() => undefined);
    void Promise.race([answer, after(lastWord, "silent")]).then(
      () => (this.#lastSign = performance.now()),
      () => this.#lose(),
    );
  }

  #lose(): void {
    if (this.#isClosed) return;
    this.close();
    this.#onLost();
  }
}

/** Resolves when the worker is gone, in whatever way; never where there are no Web Locks, which leaves the watchdog. */
async function endOf(remote: Remote<EngineWorker>): Promise<void> {
  if (!("locks" in navigator)) return new Promise(() => {});
  const name = `strata-engine-life-${crypto.randomUUID()}`;
  await remote.live(name);
  await navigator.locks.request(name, () => {});
}

/** PGlite is fastest on the browser's own file system, which only Chromium opens quickly. */
async function dataDirOfWorker(): Promise<string> {
  if (!isChromiumBrowser()) return "idb://strata";
  try {
    await navigator.storage.getDirectory();
    return "opfs-ahp://strata";
  } catch {
    return "idb://strata";
  }
}

/** A core is left to page and engine, but not the second of two: while pictures are made these two have little to do. */
function taskWorkerCount(): number {
  const cores = navigator.hardwareConcurrency || 2;
  return Math.min(8, Math.max(cores - 1, Math.min(cores, 2)));
}

function after(limit: number, reason: string): Promise<never> {
  return new Promise((_, reject) => setTimeout(() => reject(new Error(reason)), limit));
}

/** User-Agent Client Hints, which Chromium has and TypeScript's library does not. */
function isChromiumBrowser(): boolean {
  if (!("userAgentData" in navigator)) return false;
  return JSON.stringify(navigator.userAgentData).includes('"Chromium"');
}
