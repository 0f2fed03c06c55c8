import { commitOutputs, type OutputCommit } from "../store/outputs.ts";
import type { Settled } from "./settlement.ts";
import type { EnginePorts } from "./ports.ts";
import type { ProjectState } from "./project-state.ts";
import { publishOutputs } from "./publish.ts";

/** Milliseconds between two commits of a run that goes on. */
const interval = 150;

/**
 * Brings what a run settles into the database and then into the finished site, in batches, one after the other.
 * A row reaches the screen only after its commit, so nothing that a person saw done is lost.
 */
export class Ledger {
  readonly #state: ProjectState;
  readonly #ports: EnginePorts;
  readonly #committed: (batch: readonly Settled[]) => void;
  #waiting: Settled[] = [];
  #last: Promise<void> = Promise.resolve();
  #lastAt: number;
  #error: Error | null = null;

  constructor(state: ProjectState, ports: EnginePorts, committed: (batch: readonly Settled[]) => void) {
    this.#state = state;
    this.#ports = ports;
    this.#committed = committed;
    this.#lastAt = ports.clock();
  }

  /** Throws what a commit failed with: there is no sense in going on. */
  add(settled: Settled): void {
    if (this.#error !== null) throw this.#error;
    this.#waiting.push(settled);
    if (this.#ports.clock() - this.#lastAt >= interval) void this.#commitSoon();
  }

  /** Commits all that was added. Rejects when any commit of this ledger failed. */
  async flush(): Promise<void> {
    await this.#commitSoon();
    if (this.#error !== null) throw this.#error;
  }

  #commitSoon(): Promise<void> {
    this.#lastAt = this.#ports.clock();
    this.#last = this.#last.then(() => this.#commit()).catch((error: unknown) => this.#fail(error));
    return this.#last;
  }

  #fail(error: unknown): void {
    this.#error ??= error instanceof Error ? error : new Error(String(error));
  }

  async #commit(): Promise<void> {
    const batch = this.#waiting;
    this.#waiting = [];
    if (batch.length === 0) return;
    const news = batch.filter(({ isNews }) => isNews);
    if (news.length > 0) await this.#write(news);
    this.#committed(batch);
  }

  async #write(news: readonly Settled[]): Promise<void> {
    await commitOutputs(this.#ports.store, this.#state.projectId, commitOf(news));
    await publishOutputs(
      this.#state,
      this.#ports,
      news.map(({ record }) => record),
    );
  }
}

function commitOf(batch: readonly Settled[]): OutputCommit {
  const latest = new Map(batch.map((settled) => [settled.target.id, settled.record]));
  return {
    upserts: [...latest.values()],
    removals: [],
    events: batch.map(({ event }) => event),
    made: batch.flatMap(({ made, record }) =>
      made && record.taskKey !== null
        ? [{ taskKey: record.taskKey, artifact: record.artifact, problems: record.problems }]
        : [],
    ),
  };
}
