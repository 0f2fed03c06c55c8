import type { Fault } from "../base/fault.ts";
import type { Command, CommandOf, CommandType, DeltaBatch, Reply } from "../model/wire.ts";
import { EngineRelay, RemoteEngine } from "./engine-channel.ts";
import { startPageEngine, startWorkerEngine, type LocalEngine } from "./local-engine.ts";
import { ProjectUse } from "./project-use.ts";
import { showLife, TabWatch } from "./tab-life.ts";
import { engineChanged, engineNotStarted, engineRestarted } from "./session-faults.ts";

export type Role = "starting" | "leader" | "follower";

/** What a session hears from its link. */
export type LinkEvents = {
  role(role: Role): void;
  /** An engine is there, for the first time or another one than before: it knows of no open project of this tab. */
  engine(): void;
  batch(batch: DeltaBatch): void;
  /** A batch was missed: what the views hold may be wrong until a snapshot. */
  gap(): void;
  fault(fault: Fault): void;
};

const lockName = "strata-engine";
/** An engine that lived this many milliseconds may be started anew when it dies; a shorter life twice gives up. */
const longLife = 60_000;

/**
 * The way to the one engine of this browser. The tab that holds the Web Lock has the engine and serves the others;
 * when it closes, the browser hands the lock to the next. Every call settles: with its answer, or with the fault
 * `engine-changed` when the engine that had it is gone.
 */
export class EngineLink {
  readonly #tabId = crypto.randomUUID();
  readonly #events: LinkEvents;
  readonly #threads: "workers" | "single";
  readonly #use = new ProjectUse();
  readonly #followers = new TabWatch((tabId) => this.#release(tabId));
  #local: LocalEngine | undefined;
  #relay: EngineRelay | undefined;
  #remote: RemoteEngine | undefined;
  #sequence: number | undefined;
  #startedAt = 0;
  #shortLives = 0;

  constructor(threads: "workers" | "single", events: LinkEvents) {
    this.#threads = threads;
    this.#events = events;
  }

  /** Seeks the lead; until it comes, follows the tab that has it. */
  start(): void {
    if (!("locks" in navigator)) return void this.#lead();
    void navigator.locks.request(lockName, async () => {
      await this.#lead();
      // Held until the tab ends.
      await new Promise(() => {});
    });
    void this.#followIfTaken();
  }

  /** Whether an engine is there to answer. */
  get isReady(): boolean {
    return this.#local !== undefined || this.#remote !== undefined;
  }

  command<T extends CommandType>(command: CommandOf<T>): Promise<Reply<T>> {
    if (this.#local !== undefined) return this.#carryOut(this.#tabId, command) as Promise<Reply<T>>;
    if (this.#remote !== undefined) return this.#remote.command<T>(command);
    return Promise.resolve({ ok: false, fault: engineChanged });
  }

  async #followIfTaken(): Promise<void> {
    const { held } = await navigator.locks.query();
    if (this.#startedAt > 0) return;
    const isTaken = held?.some((lock) => lock.name === lockName) ?? false;
    if (!isTaken) return void setTimeout(() => void this.#followIfTaken(), 30);
    await showLife(this.#tabId);
    if (this.#startedAt > 0) return;
    this.#events.role("follower");
    this.#remote = new RemoteEngine(this.#tabId, {
      engine: () => {
        this.#sequence = undefined;
        this.#events.engine();
      },
      batch: (batch) => this.#take(batch),
    });
  }

  async #lead(): Promise<void> {
    this.#startedAt = performance.now();
    this.#remote?.close();
    this.#remote = undefined;
    this.#events.role("leader");
    await this.#startLocal(1);
  }

  async #startLocal(triesLeft: number): Promise<void> {
    try {
      this.#startedAt = performance.now();
      this.#local =
        this.#threads === "workers" ? await startWorkerEngine(() => this.#lost()) : await startPageEngine();
    } catch (error) {
      if (triesLeft > 0) return this.#startLocal(triesLeft - 1);
      return this.#events.fault(engineNotStarted(error));
    }
    this.#sequence = undefined;
    this.#relay = new EngineRelay(crypto.randomUUID(), (tabId, command) => this.#carryOut(tabId, command));
    this.#local.subscribe((batch) => {
      this.#relay?.send(batch);
      this.#take(batch);
    });
    this.#events.engine();
  }

  #lost(): void {
    this.#relay?.close();
    this.#relay = undefined;
    this.#local = undefined;
    const isShort = performance.now() - this.#startedAt < longLife;
    this.#shortLives = isShort ? this.#shortLives + 1 : 0;
    if (this.#shortLives > 1) return this.#events.fault(engineNotStarted("it stopped twice in a row"));
    this.#events.fault(engineRestarted);
    void this.#startLocal(1);
  }

  async #carryOut(tabId: string, command: Command): Promise<Reply<CommandType>> {
    if (this.#local === undefined) return { ok: false, fault: engineChanged };
    if (tabId !== this.#tabId) this.#followers.hear(tabId);
    if (command.type === "open-project") this.#use.open(command.projectId, tabId);
    if (command.type === "register-view") this.#use.openView(command.projectId, command.view, tabId);
    const isUsedElsewhere =
      (command.type === "close-project" && !this.#use.close(command.projectId, tabId)) ||
      (command.type === "unregister-view" && !this.#use.closeView(command.projectId, command.view, tabId));
    if (isUsedElsewhere) return { ok: true, value: {} };
    return this.#local.command(command);
  }

  /** Ends the views that only a tab looked at which is gone. */
  #release(tabId: string): void {
    for (const { projectId, view } of this.#use.end(tabId))
      void this.#local?.command({ type: "unregister-view", projectId, view });
  }

  #take(batch: DeltaBatch): void {
    const isGap = this.#sequence !== undefined && batch.sequence !== this.#sequence + 1;
    this.#sequence = batch.sequence;
    this.#events.batch(batch);
    if (isGap) this.#events.gap();
  }
}
