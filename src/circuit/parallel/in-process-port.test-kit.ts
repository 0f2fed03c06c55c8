import type { ReplicaAnswer, ReplicaPort, ReplicaRequest } from "./replica-messages.ts";
import { serveReplica } from "./replica.ts";

export type InProcessOptions = {
  /** How many turns of the queue of promises each message waits. */
  readonly delay?: number;
  /** After how many answers it dies, without a word. */
  readonly lives?: number | undefined;
  /** What it says in place of an answer. */
  readonly twist?: (answer: ReplicaAnswer) => ReplicaAnswer;
};

/** A replica in this thread, whose messages are copied and handed over as between threads. */
export class InProcessReplica {
  readonly port: ReplicaPort;
  readonly requests: ReplicaRequest[] = [];
  #isAlive = true;
  #hasDied = false;
  /** How many requests it still answers before it dies. */
  #lives: number;
  #ended: () => void = () => {};

  constructor({ delay = 1, lives = Infinity, twist = (answer) => answer }: InProcessOptions = {}) {
    this.#lives = lives;
    const there = new Way<ReplicaRequest>(delay);
    const back = new Way<ReplicaAnswer>(delay);
    this.port = {
      post: (request, transfer) => {
        this.requests.push(request);
        there.send(request, transfer);
      },
      onMessage: (listener) => {
        back.listener = (answer) => {
          if (this.#isAlive) listener(twist(answer));
          this.#lives--;
          if (this.#lives <= 0) this.die();
        };
      },
      onEnd: (listener) => {
        this.#ended = listener;
      },
      close: () => {
        this.#isAlive = false;
      },
    };
    let time = 0;
    serveReplica(
      {
        post: (answer, transfer) => back.send(answer, transfer),
        onMessage: (listener) => {
          there.listener = (request) => {
            if (this.#isAlive) listener(request);
          };
        },
      },
      () => time++,
    );
  }

  /** Whether it died by itself. */
  get hasDied(): boolean {
    return this.#hasDied;
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  die(): void {
    if (!this.#isAlive) return;
    this.#hasDied = true;
    this.#isAlive = false;
    this.#ended();
  }
}

/** Messages on their way, one after the other. */
class Way<Message> {
  listener: (message: Message) => void = () => {};
  readonly #delay: number;
  #last: Promise<void> = Promise.resolve();

  constructor(delay: number) {
    this.#delay = delay;
  }

  send(message: Message, transfer: ArrayBuffer[]): void {
    const copy = structuredClone(message, { transfer });
    this.#last = this.#last.then(async () => {
      for (let turn = 0; turn < this.#delay; turn++) await Promise.resolve();
      this.listener(copy);
    });
  }
}
