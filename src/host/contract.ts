import type { CommandType, CommandOf, DeltaBatch, Reply } from "../model/wire.ts";

/**
 * The engine as a page sees it, in a worker or in the page itself. `command` never rejects for a fault of the world:
 * it answers `ok: false`. `listener` is called at most once a frame, in order, with no gap in `sequence`.
 */
export type HostApi = {
  command<T extends CommandType>(command: CommandOf<T>): Promise<Reply<T>>;
  subscribe(listener: (batch: DeltaBatch) => void): void;
};

/** How the host is opened. */
export type HostOptions = {
  /** Where PGlite keeps the database: `opfs-ahp://…` in a worker, `idb://…` in the page, `memory://` in Node. */
  readonly dataDir: string;
  /** Where a dump of an empty database is, for a first visit to begin with; `null` where there is none. */
  readonly template: string | null;
  /** Starts one task worker, or `undefined` to carry out tasks in this thread. */
  readonly spawnTaskWorker: (() => Worker) | undefined;
  /** How many task workers: cores - 1, at least 1, at most 8. */
  readonly workers: number;
  /** Whether other servers may be asked, as far as the browser is online. */
  readonly mayAskServers: boolean;
};
