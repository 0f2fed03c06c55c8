import { engineChanged } from "./session-faults.ts";
import type { Command, CommandOf, CommandType, DeltaBatch, Reply } from "../model/wire.ts";

/**
 * What the tabs say to each other. `engine` is the id of one engine's life, `from` and `to` those of a tab. A raised
 * number in the channel's name keeps tabs of different versions of the app from misreading each other.
 */
type Message =
  | { readonly type: "who" }
  | { readonly type: "hello"; readonly engine: string }
  | { readonly type: "call"; readonly from: string; readonly id: number; readonly command: Command }
  | { readonly type: "ask"; readonly from: string; readonly id: number }
  | { readonly type: "unknown"; readonly to: string; readonly id: number }
  | { readonly type: "reply"; readonly to: string; readonly id: number; readonly reply: Reply<CommandType> }
  | { readonly type: "batch"; readonly engine: string; readonly batch: DeltaBatch };

export const channelName = "strata-engine-5";
/** Milliseconds between questions for an answer that has not come. */
const askEvery = 4_000;
/** Milliseconds between calls for a leader. */
const whoEvery = 1_000;
/** Answers that the leader keeps, for a follower that missed one. Each is small: the large ones are questions'. */
const keptAnswers = 200;
/**
 * What changes nothing. Its answer may be a whole project, and is not kept: a follower that missed it has it asked anew.
 */
const questions: ReadonlySet<CommandType> = new Set<CommandType>([
  "inspect",
  "relations",
  "find-path",
  "write-status",
  "diagnostics",
  "compare-graph",
  "export-graph",
  "run-events",
  "history",
  "count-history",
  "site",
  "snapshot",
  "project-summary",
  "log-page",
  "output-page",
]);

/** Carries out the command of a tab. */
export type CarryOut = (tabId: string, command: Command) => Promise<Reply<CommandType>>;

/** The leader's side: carries the commands of the other tabs to its engine, and its deltas to them. */
export class EngineRelay {
  readonly #channel = new BroadcastChannel(channelName);
  readonly #engineId: string;
  readonly #engine: CarryOut;
  readonly #answers = new Map<string, Reply<CommandType> | "under way">();
  #hasFollowers = false;

  constructor(engineId: string, engine: CarryOut) {
    this.#engineId = engineId;
    this.#engine = engine;
    this.#channel.addEventListener("message", (event: MessageEvent<Message>) => this.#hear(event.data));
    this.#say({ type: "hello", engine: engineId });
  }

  send(batch: DeltaBatch): void {
    if (this.#hasFollowers) this.#say({ type: "batch", engine: this.#engineId, batch });
  }

  close(): void {
    this.#channel.close();
  }

  #hear(message: Message): void {
    if (message.type === "who") {
      this.#hasFollowers = true;
      this.#say({ type: "hello", engine: this.#engineId });
    } else if (message.type === "call") void this.#carryOut(message);
    else if (message.type === "ask") this.#answerAgain(message);
  }

  /** The same call may come twice; it is carried out once, or once more when its answer was not kept. */
  async #carryOut({ from, id, command }: Extract<Message, { type: "call" }>): Promise<void> {
    const key = `${from} ${id}`;
    if (this.#answers.has(key)) return this.#answerAgain({ from, id });
    this.#answers.set(key, "under way");
    const reply = await this.#engine(from, command);
    if (questions.has(command.type)) this.#answers.delete(key);
    else this.#answers.set(key, reply);
    this.#say({ type: "reply", to: from, id, reply });
    for (const old of this.#answers.keys()) {
      if (this.#answers.size <= keptAnswers) break;
      if (this.#answers.get(old) !== "under way") this.#answers.delete(old);
    }
  }

  #answerAgain({ from, id }: { readonly from: string; readonly id: number }): void {
    const answer = this.#answers.get(`${from} ${id}`);
    if (answer === undefined) this.#say({ type: "unknown", to: from, id });
    else if (answer !== "under way") this.#say({ type: "reply", to: from, id, reply: answer });
  }

  #say(message: Message): void {
    this.#channel.postMessage(message);
  }
}

/** What a follower hears of. */
export type FollowerEvents = {
  /** An engine is there, or another one than before. */
  engine(): void;
  batch(batch: DeltaBatch): void;
};

type Waiting = { readonly command: Command; readonly settle: (reply: Reply<CommandType>) => void };

/** A follower's side: an engine that is in another tab. */
export class RemoteEngine {
  readonly #channel = new BroadcastChannel(channelName);
  readonly #tabId: string;
  readonly #events: FollowerEvents;
  readonly #waiting = new Map<number, Waiting>();
  readonly #timers: readonly ReturnType<typeof setInterval>[];
  #engineId: string | undefined;
  #nextId = 0;

  constructor(tabId: string, events: FollowerEvents) {
    this.#tabId = tabId;
    this.#events = events;
    this.#channel.addEventListener("message", (event: MessageEvent<Message>) => this.#hear(event.data));
    this.#timers = [
      setInterval(() => this.#engineId ?? this.#say({ type: "who" }), whoEvery),
      setInterval(() => this.#askAgain(), askEvery),
    ];
    this.#say({ type: "who" });
  }

  command<T extends CommandType>(command: CommandOf<T>): Promise<Reply<T>> {
    const id = this.#nextId++;
    return new Promise((resolve) => {
      // The reply to a command has its type; the channel cannot say so.
      const settle = (reply: Reply<CommandType>) => resolve(reply as Reply<T>);
      this.#waiting.set(id, { command, settle });
      this.#say({ type: "call", from: this.#tabId, id, command });
    });
  }

  close(): void {
    this.#timers.forEach(clearInterval);
    this.#channel.close();
    this.#settleAll();
  }

  #hear(message: Message): void {
    if (message.type === "hello") this.#meet(message.engine);
    else if (message.type === "batch" && message.engine === this.#engineId) this.#events.batch(message.batch);
    else if (message.type === "reply" && message.to === this.#tabId) this.#settle(message.id, message.reply);
    else if (message.type === "unknown" && message.to === this.#tabId) this.#sendAgain(message.id);
  }

  #meet(engineId: string): void {
    if (engineId === this.#engineId) return;
    // The new engine must hear a `who`, or it would not know that anybody listens.
    if (this.#engineId !== undefined) this.#say({ type: "who" });
    this.#engineId = engineId;
    this.#settleAll();
    this.#events.engine();
  }

  #settle(id: number, reply: Reply<CommandType>): void {
    const call = this.#waiting.get(id);
    this.#waiting.delete(id);
    call?.settle(reply);
  }

  #settleAll(): void {
    for (const id of [...this.#waiting.keys()]) this.#settle(id, { ok: false, fault: engineChanged });
  }

  #askAgain(): void {
    for (const id of this.#waiting.keys()) this.#say({ type: "ask", from: this.#tabId, id });
  }

  #sendAgain(id: number): void {
    const call = this.#waiting.get(id);
    if (call !== undefined) this.#say({ type: "call", from: this.#tabId, id, command: call.command });
  }

  #say(message: Message): void {
    this.#channel.postMessage(message);
  }
}
