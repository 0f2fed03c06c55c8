import type { HistoryQuery, HistoryRow } from "../../model/history.ts";
import type { Session } from "../../session/contract.ts";

/** What the list shows now. */
export type HistoryState = {
  /** What `rows` are the answer to; `null` before the first answer. */
  readonly query: HistoryQuery | null;
  /** The newest first, without a gap. */
  readonly rows: readonly HistoryRow[];
  /** Where older ones begin, or `null` when there are none. */
  readonly next: number | null;
  readonly isLoading: boolean;
  /** Whether the last question had no answer. */
  readonly hasFailed: boolean;
  /** How many operations fit, as far as they have been counted; `null` before. */
  readonly count: { readonly matches: number; readonly isComplete: boolean } | null;
};

type Log = Pick<Session, "history" | "countHistory">;

/** Rows that fill a screen: a search goes on until it has so many more. */
const screenful = 40;
/** Rows read again when the log has grown. */
const mostReread = 3_000;
/** Matches of a search are counted up to here. */
const mostCounted = 10_000;

/**
 * Reads the history in parts that keep nobody waiting: pages as one scrolls, a search on through the log until there
 * is something to see, the count beside it. A new question ends what the one before still wanted to ask; its rows stay
 * until the first answer comes.
 */
export class HistoryReader {
  readonly #log: Log;
  readonly #listeners = new Set<() => void>();
  /** Ascends with each question; answers to older ones are not heard. */
  #asked = 0;
  #growth: string | undefined;
  #query: HistoryQuery = { documentId: null, search: "" };
  #state: HistoryState = {
    query: null,
    rows: [],
    next: null,
    isLoading: false,
    hasFailed: false,
    count: null,
  };

  constructor(log: Log) {
    this.#log = log;
  }

  readonly state = (): HistoryState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Asks for the newest operations that fit. */
  read(query: HistoryQuery): void {
    this.#query = query;
    const asked = this.#ask();
    void this.#readOn(asked, { rows: [], next: null });
    void this.#count(asked);
  }

  /**
   * Asks again for what is shown and for what came since, and shows it when all of it is there. Of a very long list the
   * lower part stays as it is; where more came than is read again, the list begins anew.
   */
  async refresh(): Promise<void> {
    const { rows: shown, query } = this.#state;
    const oldest = query === this.#query ? shown.at(-1) : undefined;
    if (oldest === undefined) return this.read(this.#query);
    const asked = this.#ask();
    const rows: HistoryRow[] = [];
    let next: number | null = null;
    do {
      const page = await this.#page(asked, next);
      if (page === undefined) return;
      rows.push(...page.rows);
      next = page.next;
    } while (next !== null && next > oldest.id && rows.length < mostReread);
    const kept = next === null || next > (shown[0]?.id ?? 0) ? [] : olderThan(next, shown);
    this.#set({
      rows: [...rows, ...kept],
      next: kept.length > 0 ? this.#state.next : next,
      isLoading: false,
    });
    await this.#count(asked);
  }

  /** Asks again when the log has grown: `growth` is another text than at the last call. */
  follow(growth: string): void {
    const hasGrown = this.#growth !== undefined && this.#growth !== growth;
    this.#growth = growth;
    if (hasGrown) void this.refresh();
  }

  /** Asks for older operations, unless there are none or they are on their way. */
  more(): void {
    const { rows, next, isLoading, hasFailed } = this.#state;
    if (next === null || isLoading || hasFailed) return;
    this.#set({ isLoading: true });
    void this.#readOn(this.#asked, { rows, next });
  }

  /** Hears no answer any more. */
  stop(): void {
    this.#asked++;
  }

  #ask(): number {
    this.#set({ isLoading: true, hasFailed: false });
    return ++this.#asked;
  }

  async #readOn(asked: number, from: Pick<HistoryState, "rows" | "next">): Promise<void> {
    let { rows, next } = from;
    const wanted = rows.length + screenful;
    do {
      const page = await this.#page(asked, next);
      if (page === undefined) return;
      rows = [...rows, ...page.rows];
      next = page.next;
      const isLoading = next !== null && rows.length < wanted;
      this.#set({ rows, next, isLoading, query: this.#query });
    } while (this.#state.isLoading);
  }

  async #page(asked: number, before: number | null) {
    const page = await this.#log.history(this.#query, before);
    if (asked !== this.#asked) return undefined;
    if (page === undefined) this.#set({ isLoading: false, hasFailed: true });
    return page;
  }

  /** The count of before stays until this one is complete, unless it was to another question. */
  async #count(asked: number): Promise<void> {
    const isAnother = this.#state.query !== this.#query;
    let matches = 0;
    let next: number | null = null;
    do {
      const part = await this.#log.countHistory(this.#query, next);
      if (part === undefined || asked !== this.#asked) return;
      matches += part.matches;
      next = part.next;
      if (isAnother || next === null) this.#set({ count: { matches, isComplete: next === null } });
    } while (next !== null && matches < mostCounted);
  }

  #set(change: Partial<HistoryState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

function olderThan(id: number, rows: readonly HistoryRow[]): readonly HistoryRow[] {
  return rows.filter((row) => row.id < id);
}
