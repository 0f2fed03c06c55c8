/** What of `navigator.locks` is needed here. */
type Locks = Pick<LockManager, "request">;

/** The Web Lock that a tab holds for as long as it lives: the browser frees it at the tab's end, whatever that was. */
const lockOf = (tabId: string): string => `strata-tab-${tabId}`;

/** Shows the others that this tab lives, until it ends. Resolves once they can see it; `locks` are those of the tab. */
export function showLife(tabId: string, locks: Locks = navigator.locks): Promise<void> {
  return new Promise((resolve, reject) => {
    const forever = new Promise<never>(() => {});
    locks
      .request(lockOf(tabId), () => {
        resolve();
        return forever;
      })
      .catch(reject);
  });
}

/**
 * Waits for the end of tabs, each of which shows its life before it is first heard of. `onEnd` is called once for each
 * that was heard of, and again for one that is heard of after its end: a last message may come late.
 */
export class TabWatch {
  readonly #onEnd: (tabId: string) => void;
  readonly #watched = new Set<string>();

  constructor(onEnd: (tabId: string) => void) {
    this.#onEnd = onEnd;
  }

  /** To be called whenever a tab is heard of. */
  hear(tabId: string): void {
    if (this.#watched.has(tabId)) return;
    this.#watched.add(tabId);
    void navigator.locks.request(lockOf(tabId), () => {
      this.#watched.delete(tabId);
      this.#onEnd(tabId);
    });
  }
}
