/**
 * Lanes that take steps side by side. A lane that finds nothing to do sleeps until `wake`; when one fails, the others
 * end after their step.
 */
export class Lanes {
  /** Stops all lanes when one of them failed. */
  readonly #halt = new AbortController();
  /** Aborted when lanes must stop, whether they were told to or one of them failed. */
  readonly stopped: AbortSignal;
  #sleeping: (() => void)[] = [];

  constructor(signal: AbortSignal) {
    this.stopped = AbortSignal.any([signal, this.#halt.signal]);
  }

  /**
   * Runs `count` lanes until nothing is left or they must stop. `step` does one piece of work and tells whether there
   * was one. Rejects with what a step failed with, and not before all lanes have ended.
   */
  async run(count: number, isLeft: () => boolean, step: () => Promise<boolean>): Promise<void> {
    const lanes = Array.from({ length: count }, () => this.#lane(isLeft, step));
    for (const end of await Promise.allSettled(lanes)) if (end.status === "rejected") throw end.reason;
  }

  /** Wakes the lanes that sleep: there may be work again, or nothing more to wait for. */
  wake(): void {
    const sleeping = this.#sleeping;
    this.#sleeping = [];
    for (const wake of sleeping) wake();
  }

  async #lane(isLeft: () => boolean, step: () => Promise<boolean>): Promise<void> {
    try {
      while (isLeft() && !this.stopped.aborted) {
        if (!(await step())) await new Promise<void>((resolve) => this.#sleeping.push(resolve));
      }
    } catch (error) {
      this.#halt.abort();
      throw error;
    } finally {
      this.wake();
    }
  }
}
