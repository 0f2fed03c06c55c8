import type { Clock } from "../base/clock.ts";
import type { Fault } from "../base/fault.ts";
import { invariant } from "../base/invariant.ts";
import { EntryCheck } from "./check-entry.ts";
import { planFault } from "./check-plan.ts";
import { otherSchema, unknownTable, unknownView } from "./circuit-faults.ts";
import type { Entry } from "./entry.ts";
import type { Flush, ShardMetrics, ViewMetrics } from "./metrics.ts";
import { compileOrder } from "./ordering.ts";
import type { Row } from "./row.ts";
import type { Schema } from "./schema.ts";
import { Shard, type TableNews } from "./shard.ts";
import { Table, type SavedTable } from "./table.ts";
import { View, type Frequency, type ViewDefinition, type ViewListener } from "./view.ts";

export type CircuitOptions = {
  readonly schema: Schema;
  /** Milliseconds, ascending: for the metrics alone. */
  readonly clock: Clock;
  /** How many rows may be touched before a shard flushes by itself; 10,000 when nothing is said. */
  readonly pendingLimit?: number;
  /** How many parts of plans that no view needs any more are kept for the next; 32 when nothing is said. */
  readonly spare?: number;
  /** Hears what came of the tables at a flush, before the views do. It must not call the circuit. */
  readonly feed?: (news: TableNews) => void;
};

/** What became of entries: all were taken in, and flushed as told; or none, for the reason given. */
export type Ingested =
  | { readonly ok: true; readonly flushes: readonly Flush[] }
  | { readonly ok: false; readonly fault: Fault };

/** What became of a registration: done, perhaps with a fault of the view itself; or not, for the reason given. */
export type Registered =
  | { readonly ok: true; readonly fault: Fault | null }
  | { readonly ok: false; readonly fault: Fault };

/**
 * Tables of keyed rows, and views of them that are kept true at the cost of what changed. Rows go in as entries; what
 * they changed comes out to the listener of each view at the next flush of its frequency. The circuit keeps the rows
 * that it is given and gives them on: do not change them afterwards.
 */
export class Circuit {
  readonly #options: CircuitOptions;
  readonly #check: EntryCheck;
  readonly #tables: ReadonlyMap<string, Table>;
  readonly #shards: { readonly [F in Frequency]: Shard };
  readonly #all: readonly Shard[];
  readonly #views = new Map<string, View>();
  readonly #pendingLimit: number;
  #isTelling = false;

  constructor(options: CircuitOptions) {
    const { schema, clock, pendingLimit = 10_000, spare = 32, feed = null } = options;
    this.#options = options;
    this.#pendingLimit = pendingLimit;
    this.#check = new EntryCheck(schema);
    this.#tables = new Map(Object.entries(schema).map(([name, columns]) => [name, new Table(columns)]));
    const shard = (frequency: Frequency) =>
      new Shard(frequency, { tables: this.#tables, clock, spare, feed });
    this.#shards = { realtime: shard("realtime"), normal: shard("normal"), analytics: shard("analytics") };
    this.#all = [this.#shards.realtime, this.#shards.normal, this.#shards.analytics];
  }

  /** Takes one entry in and flushes the realtime views. */
  ingest(entry: Entry): Ingested {
    return this.ingestBatch([entry]);
  }

  /** Takes entries in, in their order, all or none, and flushes the realtime views once. */
  ingestBatch(entries: readonly Entry[]): Ingested {
    const taken = this.#take(entries);
    if (taken !== null) return { ok: false, fault: taken };
    return { ok: true, flushes: [this.flush(), ...this.#flushFull()] };
  }

  /** Takes entries in, in their order, all or none, and leaves them to a later flush, unless too much is pending. */
  defer(entries: readonly Entry[]): Ingested {
    const taken = this.#take(entries);
    return taken === null ? { ok: true, flushes: this.#flushFull() } : { ok: false, fault: taken };
  }

  /** Brings the realtime views up to date. */
  flush(): Flush {
    return this.#alone(() => this.#shards.realtime.flush());
  }

  /** Brings all views up to date, whether or not it is time. */
  flushAll(): readonly Flush[] {
    return this.#alone(() => this.#all.map((shard) => shard.flush()));
  }

  /** Brings the views up to date for which it is time at `now`, milliseconds of a clock of the caller's. */
  tick(now: number): readonly Flush[] {
    return this.#alone(() => this.#all.map((shard) => shard.tick(now)).filter((flush) => flush !== null));
  }

  /** The time, by the clock of `tick`, from which on a tick has something to do; `null` when nothing is pending. */
  nextTick(): number | null {
    const times = this.#all.map((shard) => shard.dueAt).filter((time) => time !== null);
    return times.length === 0 ? null : Math.min(...times);
  }

  /**
   * Takes up a view under a name, in place of the one that has it, and tells the whole of it as soon as it has rows, at
   * once where it has some. All views of its frequency are brought up to date for it. Cost: O(rows of its tables), less
   * what its plan shares with those of other views.
   */
  register(name: string, definition: ViewDefinition, listener: ViewListener): Registered {
    const fault = planFault(definition.plan, this.#options.schema);
    if (fault !== null) return { ok: false, fault };
    const view = new View(name, definition, listener);
    if (this.unregister(name)) view.oweAll();
    this.#views.set(name, view);
    const failed = this.#alone(() => this.#shards[definition.frequency].register(view));
    return { ok: true, fault: failed };
  }

  /** Puts another definition under the name of a view, and tells its listener the whole of it. */
  replace(name: string, definition: ViewDefinition): Registered {
    const view = this.#views.get(name);
    if (view === undefined) return { ok: false, fault: unknownView(name) };
    return this.register(name, definition, view.listener);
  }

  /** Ends a view; tells whether there was one. */
  unregister(name: string): boolean {
    const view = this.#views.get(name);
    if (view === undefined) return false;
    this.#alone(() => this.#shards[view.definition.frequency].drop(name));
    return this.#views.delete(name);
  }

  /** The names of all views, in the order in which they were registered. */
  views(): readonly string[] {
    return [...this.#views.keys()];
  }

  definition(name: string): ViewDefinition | undefined {
    return this.#views.get(name)?.definition;
  }

  /** The rows of a view as of its last flush: in the order of its plan, if it ends in a window, or as they came. */
  rows(name: string): readonly Row[] | undefined {
    const view = this.#views.get(name);
    if (view === undefined) return undefined;
    const rows = [...view.content.values()];
    const { plan } = view.definition;
    return plan.type === "window" ? rows.sort(compileOrder(plan.order).compare) : rows;
  }

  /**
   * A text that is the same for the same rows, whatever their order, and in all likelihood for no others. The first
   * call for a view costs O(its rows); from then on it is kept up.
   */
  hash(name: string): string | undefined {
    return this.#views.get(name)?.hash();
  }

  /**
   * Has the feed hear of a table whenever the views of a frequency are brought up to date, also when none of them looks
   * at it, and gives its rows: those of the frequency's last flush, which is made now if something is pending.
   */
  follow(frequency: Frequency, table: string): Iterable<Row> {
    return this.#alone(() => this.#shards[frequency].follow(table));
  }

  /** The tables that the feed follows. */
  followed(frequency: Frequency): readonly string[] {
    return this.#shards[frequency].followed;
  }

  unfollow(frequency: Frequency, table: string): void {
    this.#shards[frequency].unfollow(table);
  }

  /** Whether a view looks at a table, or the feed follows it. */
  isUsed(table: string): boolean {
    return this.#all.some((shard) => shard.uses(table));
  }

  /** The keys of a table's rows as they are now, flushed or not. */
  keys(table: string): readonly string[] {
    return [...(this.#tables.get(table)?.rows.keys() ?? [])];
  }

  /** Removes all rows of a table, and forgets their versions. The views over it are told whole at their next flush. */
  clear(table: string): Fault | null {
    const known = this.#tables.get(table);
    if (known === undefined) return unknownTable(table, [...this.#tables.keys()]);
    invariant(!this.#isTelling, "no listener calls the circuit");
    known.clear();
    for (const shard of this.#all) shard.oweAll(table);
    return null;
  }

  metrics(): { readonly shards: readonly ShardMetrics[]; readonly views: readonly ViewMetrics[] } {
    return {
      shards: this.#all.map((shard) => shard.metrics()),
      views: this.#all.flatMap((shard) => shard.viewMetrics()),
    };
  }

  /** Everything as plain data, after a flush of all views. */
  save(): SavedCircuit {
    this.flushAll();
    return {
      tables: Object.fromEntries([...this.#tables].map(([name, table]) => [name, table.save()])),
      views: [...this.#views.values()].map(({ name, definition }) => ({ name, definition })),
    };
  }

  /**
   * Takes what `save` gave into a circuit that has neither rows nor views; each view is told whole to the listener
   * that is found for it. Refuses what does not fit its tables, and then changes nothing.
   */
  restore(saved: SavedCircuit, listenerOf: (view: string) => ViewListener): Registered {
    const isEmpty = this.#views.size === 0 && [...this.#tables.values()].every(({ rows }) => rows.size === 0);
    invariant(isEmpty, "a circuit is restored before anything else");
    const fault = this.#misfit(saved);
    if (fault !== null) return { ok: false, fault };
    for (const [name, table] of Object.entries(saved.tables)) this.#tables.get(name)?.restore(table);
    const registered = saved.views.map(({ name, definition }) =>
      this.register(name, definition, listenerOf(name)),
    );
    return registered.find((each) => !each.ok || each.fault !== null) ?? { ok: true, fault: null };
  }

  /** Carries entries out unless one of them is wrong. */
  #take(entries: readonly Entry[]): Fault | null {
    invariant(!this.#isTelling, "no listener calls the circuit");
    const fault = this.#check.fault(entries);
    if (fault !== null) return fault;
    for (const entry of entries) this.#tables.get(entry.table)?.apply(entry);
    for (const shard of this.#all) shard.receive(entries.length);
    return null;
  }

  #flushFull(): readonly Flush[] {
    const full = this.#all.filter((shard) => shard.pending >= this.#pendingLimit);
    return this.#alone(() => full.map((shard) => shard.flush()));
  }

  /** Does what tells listeners, and keeps them from calling the circuit meanwhile. */
  #alone<T>(work: () => T): T {
    invariant(!this.#isTelling, "no listener calls the circuit");
    this.#isTelling = true;
    try {
      return work();
    } finally {
      this.#isTelling = false;
    }
  }

  #misfit({ tables, views }: SavedCircuit): Fault | null {
    for (const [table, { rows }] of Object.entries(tables)) {
      if (!this.#tables.has(table)) return otherSchema(table);
      const fault = this.#check.fault(rows.map((row) => ({ type: "create", table, row })));
      if (fault !== null) return fault;
    }
    for (const { definition } of views) {
      const fault = planFault(definition.plan, this.#options.schema);
      if (fault !== null) return fault;
    }
    return null;
  }
}

/** A circuit as plain data, without its listeners. */
export type SavedCircuit = {
  readonly tables: { readonly [name: string]: SavedTable };
  readonly views: readonly { readonly name: string; readonly definition: ViewDefinition }[];
};
