import type { ConsistencyCoordinate } from "../model/operation.ts";
import { StreamMap, type StreamName } from "./stream-map.ts";

/** A wait ended because its time was over; the write may still become visible later. */
export class ConsistencyTimeoutError extends Error {
  constructor(coordinates: readonly ConsistencyCoordinate[], milliseconds: number) {
    const [first] = coordinates;
    const place =
      first && `operation ${first.operationIndex} of ${first.documentId} (${first.scope}, ${first.branch})`;
    super(`After ${milliseconds} ms the read model has not reached ${place}.`);
    this.name = "ConsistencyTimeoutError";
  }
}

export type WaitOptions = {
  /** Milliseconds. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
};

/** What `work` gives, or the signal's reason as soon as it aborts; the work itself goes on. */
export function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const abort = () => reject(abortErrorOf(signal.reason));
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

/** Milliseconds that a wait lasts when its caller names no limit: nothing waits for ever. */
export const defaultTimeoutMs = 30_000;

type Waiter = { readonly coordinates: readonly ConsistencyCoordinate[]; readonly resolve: () => void };

/** The read models of a project: what one of them shows, another may not show yet. */
export class ConsistencyTracker {
  readonly #models = new Map<string, ReadModelPositions>();

  /** The positions of a read model; the same ones for the same name. */
  of(model: string): ReadModelPositions {
    let positions = this.#models.get(model);
    if (positions === undefined) this.#models.set(model, (positions = new ReadModelPositions()));
    return positions;
  }

  /** How many waits are open. */
  get waiting(): number {
    return [...this.#models.values()].reduce((sum, { waiting }) => sum + waiting, 0);
  }
}

/** How far a read model has come in each stream, and who waits for it to come further. */
export class ReadModelPositions {
  readonly #positions = new StreamMap<number>();
  readonly #waiters = new Set<Waiter>();

  /** How many waits are open. */
  get waiting(): number {
    return this.#waiters.size;
  }

  /** The index of the last operation known to be visible, or -1. */
  positionOf(stream: StreamName): number {
    return this.#positions.get(stream) ?? -1;
  }

  /** Everything up to these coordinates is visible now. Never goes back. */
  advance(coordinates: Iterable<ConsistencyCoordinate>): void {
    for (const coordinate of coordinates) {
      if (coordinate.operationIndex > this.positionOf(coordinate)) {
        this.#positions.set(coordinate, coordinate.operationIndex);
      }
    }
    for (const waiter of this.#waiters) {
      if (this.#reached(waiter.coordinates)) waiter.resolve();
    }
  }

  /**
   * Resolves once every coordinate is visible: at once when it is already. Rejects with `ConsistencyTimeoutError`
   * when the time is over, and with the signal's reason when it aborts; either way nothing of the wait is left.
   */
  async wait(coordinates: readonly ConsistencyCoordinate[], options: WaitOptions = {}): Promise<void> {
    options.signal?.throwIfAborted();
    if (!this.#reached(coordinates)) await this.#waitFor(coordinates, options);
  }

  #waitFor(coordinates: readonly ConsistencyCoordinate[], options: WaitOptions): Promise<void> {
    const { timeoutMs = defaultTimeoutMs, signal } = options;
    return new Promise((resolve, reject) => {
      const end = (settle: () => void) => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", abort);
        this.#waiters.delete(waiter);
        settle();
      };
      const abort = () => end(() => reject(abortErrorOf(signal?.reason)));
      const late = () => end(() => reject(new ConsistencyTimeoutError(coordinates, timeoutMs)));
      const waiter: Waiter = { coordinates, resolve: () => end(resolve) };
      // A timer of a browser turns over at 2^31 milliseconds.
      const timer = timeoutMs < 2 ** 31 ? setTimeout(late, timeoutMs) : undefined;
      signal?.addEventListener("abort", abort, { once: true });
      this.#waiters.add(waiter);
    });
  }

  #reached(coordinates: readonly ConsistencyCoordinate[]): boolean {
    return coordinates.every((coordinate) => this.positionOf(coordinate) >= coordinate.operationIndex);
  }
}

function abortErrorOf(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error("The wait was aborted.", { cause: reason });
}
