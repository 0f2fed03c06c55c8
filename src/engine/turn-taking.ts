/** Lets one thing happen at a time, in the order asked for, and stops what happens now when told to. */
export class TurnTaking {
  #last: Promise<unknown> = Promise.resolve();
  #current: AbortController | null = null;

  /** Runs `work` when everything before it has ended. Its signal aborts when `abort` is called during its turn. */
  take<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const turn = this.#last.then(async () => {
      const controller = new AbortController();
      this.#current = controller;
      try {
        return await work(controller.signal);
      } finally {
        this.#current = null;
      }
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Aborts the present turn; tells whether there was one. Those that wait are not touched. */
  abort(): boolean {
    if (this.#current === null) return false;
    this.#current.abort();
    return true;
  }
}
