import { invariant } from "../../base/invariant.ts";
import { buffersOf } from "../crossing/pack-rows.ts";
import type { Schema } from "../schema.ts";
import type { Frequency } from "../view.ts";
import type { PackedNews, ReplicaAnswer, ReplicaPort, ReplicaRequest } from "./replica-messages.ts";

/** What a replica tells without being asked for something else. */
export type Told = ReplicaAnswer & { readonly type: "told" };

/** What waits for the answer to a request; `null` when none will come. */
type Waiting = (answer: ReplicaAnswer | null) => void;

/** The coordinator's side of one replica: what it was asked and has not answered yet, and which tables it holds. */
export class ReplicaLink {
  readonly #port: ReplicaPort;
  readonly #tell: (told: Told, link: ReplicaLink) => void;
  /** Of the requests without an answer, in their order. */
  readonly #waiting: Waiting[] = [];
  readonly #tables = new Map<Frequency, Set<string>>();
  #quiet: (() => void)[] = [];
  #hasEnded = false;

  constructor(port: ReplicaPort, schema: Schema, tell: (told: Told, link: ReplicaLink) => void) {
    this.#port = port;
    this.#tell = tell;
    port.onMessage((answer) => this.#hear(answer));
    port.onEnd(() => this.#end());
    this.send({ type: "open", schema });
  }

  /** Whether it will answer nothing any more. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Whether it was asked something that it has not answered. */
  get isBusy(): boolean {
    return this.#waiting.length > 0;
  }

  /** The tables of a frequency that it is kept up to date with. */
  tables(frequency: Frequency): Set<string> {
    const known = this.#tables.get(frequency) ?? new Set<string>();
    this.#tables.set(frequency, known);
    return known;
  }

  /** Sends a request; what it tells comes to the listener of all that is told. */
  send(request: ReplicaRequest): void {
    void this.ask(request);
  }

  /** Gives the answer to a request, `null` when it ended before. */
  ask(request: ReplicaRequest): Promise<ReplicaAnswer | null> {
    return new Promise((resolve) => {
      if (this.#hasEnded) return resolve(null);
      this.#waiting.push(resolve);
      this.#port.post(request, []);
    });
  }

  /** Sends what came of tables. The buffers of what no other replica is sent after it (`last`) are handed over. */
  take(frequency: Frequency, news: readonly PackedNews[], last: readonly PackedNews[]): void {
    if (this.#hasEnded) return;
    this.#waiting.push(() => {});
    this.#port.post({ type: "take", frequency, news }, buffersOf(last.map(({ upserts }) => upserts)));
  }

  /** Resolves when everything that it was asked so far is answered, or it has ended. */
  quiet(): Promise<void> {
    return new Promise((resolve) => {
      if (this.isBusy) this.#quiet.push(resolve);
      else resolve();
    });
  }

  close(): void {
    this.#port.close();
    this.#end();
  }

  #hear(answer: ReplicaAnswer): void {
    if (this.#hasEnded) return;
    if (answer.type === "failed") return this.close();
    const waiting = this.#waiting.shift();
    invariant(waiting !== undefined, "a replica answers each request once");
    if (answer.type === "told") this.#tell(answer, this);
    waiting(answer);
    if (!this.isBusy) this.#rest();
  }

  #end(): void {
    this.#hasEnded = true;
    for (const waiting of this.#waiting.splice(0)) waiting(null);
    this.#rest();
  }

  #rest(): void {
    const all = this.#quiet;
    this.#quiet = [];
    for (const resolve of all) resolve();
  }
}
