import type { Fault } from "../base/fault.ts";
import type { SessionState } from "./contract.ts";

/** Notices kept at the most; the oldest make room. */
const maxNotices = 20;

/** What the page shows beside the views: one frozen value, replaced at every change. */
export class SessionStore {
  readonly #listeners = new Set<() => void>();
  #state: SessionState;
  #nextNotice = 1;

  constructor(threads: SessionState["threads"]) {
    this.#state = {
      role: "starting",
      threads,
      project: null,
      recents: [],
      intake: null,
      notices: [],
      updateReady: false,
      offlineReady: false,
      online: navigator.onLine,
      exporting: null,
      writes: 0,
      transfer: null,
    };
  }

  get(): SessionState {
    return this.#state;
  }

  set(change: Partial<SessionState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }

  subscribe(listener: () => void): () => void {
    const entry = () => listener();
    this.#listeners.add(entry);
    return () => void this.#listeners.delete(entry);
  }

  /** Shows a fault. The same words again move to the end instead of standing there twice. */
  notify(fault: Fault): void {
    const others = this.#state.notices.filter((notice) => notice.message !== fault.message);
    const notices = [...others, { ...fault, id: this.#nextNotice++ }].slice(-maxNotices);
    this.set({ notices });
  }

  dismiss(noticeId: number): void {
    this.set({ notices: this.#state.notices.filter((notice) => notice.id !== noticeId) });
  }

  /** Takes back the notices of a kind that no longer hold. */
  retract(codes: readonly string[]): void {
    const notices = this.#state.notices.filter((notice) => !codes.includes(notice.code));
    if (notices.length < this.#state.notices.length) this.set({ notices });
  }
}
