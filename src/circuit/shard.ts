import type { Clock } from "../base/clock.ts";
import type { Fault } from "../base/fault.ts";
import { Durations } from "./durations.ts";
import type { Pending } from "./pending.ts";
import { PlanGraph } from "./plan-graph.ts";
import type { PlanNode } from "./plan-node.ts";
import type { Changes, Row } from "./row.ts";
import type { Table } from "./table.ts";
import type { BatchStats, Flush, ShardMetrics, ViewFault, ViewMetrics } from "./metrics.ts";
import type { Frequency, View } from "./view.ts";

/** Milliseconds between two flushes at the least. */
const intervals: { readonly [F in Frequency]: number } = { realtime: 0, normal: 100, analytics: 5000 };

/** What a registered view stands on. */
type Registration = { readonly view: View; readonly node: PlanNode };

/** What came of the tables of a frequency at one of its flushes, for whoever keeps copies of them. */
export type TableNews = {
  readonly frequency: Frequency;
  readonly changes: ReadonlyMap<string, Changes>;
  /** Of the tables that are followed, those that were cleared since the flush before, whatever came into them again. */
  readonly cleared: ReadonlySet<string>;
  /** The rows that a table has now. */
  readonly rowsOf: (table: string) => Iterable<Row>;
};

export type ShardParts = {
  /** Hears of each flush before the views are brought up to date. It must not call the circuit. */
  readonly feed: ((news: TableNews) => void) | null;
  readonly tables: ReadonlyMap<string, Table>;
  /** Milliseconds, ascending. */
  readonly clock: Clock;
  /** How many parts of plans that no view needs any more are kept for the next. */
  readonly spare: number;
};

/**
 * The views that are brought up to date together. Between two flushes all of them show one moment: that of the last
 * flush, also the view that was registered since.
 */
export class Shard {
  readonly frequency: Frequency;
  readonly #durations = new Durations();
  readonly #graph: PlanGraph;
  readonly #tables: ReadonlyMap<string, Table>;
  readonly #clock: Clock;
  readonly #pending = new Map<string, Pending>();
  readonly #registrations = new Map<string, Registration>();
  readonly #feed: ShardParts["feed"];
  /** Tables whose changes are wanted also when none of its views looks at them, and which of them were cleared. */
  readonly #followed = new Set<string>();
  readonly #cleared = new Set<string>();
  #received = 0;
  #flushedAt = -Infinity;
  #flushes = 0;
  #lastStats: BatchStats | null = null;

  constructor(frequency: Frequency, { tables, clock, spare, feed }: ShardParts) {
    this.frequency = frequency;
    this.#feed = feed;
    this.#tables = tables;
    this.#clock = clock;
    this.#graph = new PlanGraph({ rowsOf: (table) => rowsOf(tables, table), spare });
  }

  /** How many rows were touched since the last flush, of the tables that its views look at. */
  get pending(): number {
    let size = 0;
    for (const pending of this.#pending.values()) size += pending.size;
    return size;
  }

  metrics(): ShardMetrics {
    return {
      frequency: this.frequency,
      views: this.#registrations.size,
      pending: this.pending,
      flushes: this.#flushes,
      lastMs: this.#durations.last,
      medianMs: this.#durations.median(),
      lastStats: this.#lastStats,
      parts: this.#graph.metrics,
    };
  }

  /** Of its views, in the order in which they were registered. */
  viewMetrics(): readonly ViewMetrics[] {
    return [...this.#registrations.values()].map(({ view, node }) => ({
      view: view.name,
      frequency: this.frequency,
      strategy: node.strategy,
      rows: view.content.size,
      fullRecomputes: view.fullRecomputes,
      incrementalUpdates: view.incrementalUpdates,
      cacheHits: view.cacheHits,
      cacheMisses: view.cacheMisses,
      lastMs: view.durations.last,
      medianMs: view.durations.median(),
      fault: view.fault,
    }));
  }

  /** Counts entries that came. */
  receive(count: number): void {
    this.#received += count;
  }

  /** When it has something to tell: the time at which it may; `null` when it has nothing. */
  get dueAt(): number | null {
    const hasSomething = this.pending > 0 || this.#cleared.size > 0 || this.#owing().length > 0;
    return hasSomething ? this.#flushedAt + intervals[this.frequency] : null;
  }

  /** Flushes if it is time. A clock that went back makes it time. */
  tick(now: number): Flush | null {
    const { dueAt } = this;
    if (dueAt === null || (now < dueAt && now >= this.#flushedAt)) return null;
    this.#flushedAt = now;
    return this.flush();
  }

  /** Brings all views up to date, and tells each what changed in it. */
  flush(): Flush {
    const startedAt = this.#clock();
    const changes = this.#takePending();
    this.#tellFeed(changes);
    const outcomes = this.#graph.apply(changes);
    const faults: ViewFault[] = [];
    let viewsUpdated = 0;
    // Where one view ends the next begins: asking the time takes as long as telling a view a change.
    let now = this.#clock();
    for (const { view, node } of this.#registrations.values()) {
      const outcome = outcomes.get(node);
      if (outcome === undefined && !view.owesAll) continue;
      if (outcome !== undefined && outcome.type !== "fault") viewsUpdated++;
      const fault = view.take(outcome);
      if (fault !== null) faults.push({ view: view.name, fault });
      const began = now;
      now = this.#clock();
      view.durations.add(now - began);
    }
    this.#flushes++;
    this.#durations.add(now - startedAt);
    const stats = this.#stats(changes, viewsUpdated);
    this.#lastStats = stats;
    return { frequency: this.frequency, stats, faults };
  }

  /** Takes up a view and tells the whole of it, as of the moment of a flush that it makes for it. */
  register(view: View): Fault | null {
    this.flush();
    const { plan, parameters } = view.definition;
    const { hits, misses } = this.#graph.metrics;
    const node = this.#graph.acquire(plan, parameters);
    view.cacheHits += this.#graph.metrics.hits - hits;
    view.cacheMisses += this.#graph.metrics.misses - misses;
    this.#registrations.set(view.name, { view, node });
    for (const name of node.tables) this.track(name);
    const startedAt = this.#clock();
    const fault = view.take(node.content());
    view.durations.add(this.#clock() - startedAt);
    return fault;
  }

  drop(name: string): void {
    const registration = this.#registrations.get(name);
    if (registration === undefined) return;
    this.#registrations.delete(name);
    this.#graph.release(registration.node);
  }

  /** Has the feed hear of a table from now on, and gives its rows, as of a flush that is made if something is pending. */
  follow(name: string): Iterable<Row> {
    if (this.pending > 0 || this.#cleared.size > 0) this.flush();
    this.track(name);
    this.#followed.add(name);
    return rowsOf(this.#tables, name);
  }

  get followed(): readonly string[] {
    return [...this.#followed];
  }

  unfollow(name: string): void {
    this.#followed.delete(name);
    this.#cleared.delete(name);
  }

  /** Notes what happens to a table from now on. */
  track(name: string): void {
    const table = this.#tables.get(name);
    if (table !== undefined && !this.#pending.has(name)) this.#pending.set(name, table.track());
  }

  /** Whether one of its views looks at a table, or the feed follows it. */
  uses(table: string): boolean {
    if (this.#followed.has(table)) return true;
    return [...this.#registrations.values()].some(({ node }) => node.tables.has(table));
  }

  /** Has all views over a table tell the whole of them the next time. */
  oweAll(table: string): void {
    if (this.#feed !== null && this.#followed.has(table)) this.#cleared.add(table);
    for (const { view, node } of this.#registrations.values()) if (node.tables.has(table)) view.oweAll();
  }

  #owing(): readonly Registration[] {
    return [...this.#registrations.values()].filter(({ view }) => view.owesAll);
  }

  #tellFeed(changes: ReadonlyMap<string, Changes>): void {
    if (this.#feed === null || (changes.size === 0 && this.#cleared.size === 0)) return;
    const cleared = new Set(this.#cleared);
    this.#cleared.clear();
    const { frequency } = this;
    this.#feed({ frequency, changes, cleared, rowsOf: (table) => rowsOf(this.#tables, table) });
  }

  #takePending(): ReadonlyMap<string, Changes> {
    const changes = new Map<string, Changes>();
    for (const [name, pending] of this.#pending) {
      if (pending.size === 0) continue;
      const taken = pending.take();
      if (taken.length > 0) changes.set(name, taken);
    }
    return changes;
  }

  #stats(changes: ReadonlyMap<string, Changes>, viewsUpdated: number): BatchStats {
    const entriesReceived = this.#received;
    this.#received = 0;
    let entriesAfterCoalesce = 0;
    for (const { length } of changes.values()) entriesAfterCoalesce += length;
    return { entriesReceived, entriesAfterCoalesce, tablesTouched: changes.size, viewsUpdated };
  }
}

function rowsOf(tables: ReadonlyMap<string, Table>, name: string): Iterable<Row> {
  return { [Symbol.iterator]: () => tables.get(name)?.rows.values() ?? [].values() };
}
