import type { Clock } from "../../base/clock.ts";
import type { Fault } from "../../base/fault.ts";
import { planFault } from "../check-plan.ts";
import { Circuit, type CircuitOptions, type Ingested, type Registered } from "../circuit.ts";
import type { Entry } from "../entry.ts";
import type { Flush, ShardMetrics, ViewFault, ViewMetrics } from "../metrics.ts";
import type { Row } from "../row.ts";
import type { TableNews } from "../shard.ts";
import type { Frequency, ViewDefinition } from "../view.ts";
import { usualCrossing } from "./flush-costs.ts";
import { measuredGate, type Gate } from "./gate.ts";
import { Lane } from "./lane.ts";
import { openedRows } from "./packed-news.ts";
import type { Places } from "./placement.ts";
import { viewCost } from "./plan-cost.ts";
import type { ReplicaPort } from "./replica-messages.ts";
import { Replicas } from "./replicas.ts";
import { putWhole, tellViews, wantsWhole } from "./tell-views.ts";
import type { ToldListener } from "./told-delta.ts";
import { ViewPlaces, type PlacedView } from "./view-places.ts";

export type ParallelOptions = Omit<CircuitOptions, "feed"> & {
  /** Starts a thread that runs `serveReplica`; called when the gate first opens. */
  readonly startReplica: () => ReplicaPort;
  /** Processors that threads can run on. */
  readonly cores: number;
  /** Who decides where views are kept; by what flushes cost when nothing is said. */
  readonly gate?: Gate;
};

/**
 * A circuit whose views are kept in several threads where that is faster, and in this one where it is not; which it is changes
 * nothing but the time. The tables are here. The listeners hear of a flush all at once, in the order in which the views were
 * registered, when all threads are done with it. Calls that wait are carried out one after the other, in their order.
 */
export class ParallelCircuit {
  readonly #home: Circuit;
  readonly #replicas: Replicas;
  readonly #places: ViewPlaces;
  readonly #lanes: { readonly [F in Frequency]: Lane };
  readonly #options: ParallelOptions;
  readonly #clock: Clock;
  #turn: Promise<unknown> = Promise.resolve();
  /** Flushes that were made because too much was pending. */
  #early: Flush[] = [];
  /** Since when, by the clock, the frequency is computed that the feed heard of last. */
  #computing: { readonly frequency: Frequency; readonly from: number } | null = null;
  readonly #homeMs = { realtime: 0, normal: 0, analytics: 0 };

  constructor(options: ParallelOptions) {
    const { schema, clock, startReplica, gate = measuredGate } = options;
    this.#options = options;
    this.#clock = clock;
    this.#home = new Circuit({ ...options, feed: (news) => this.#feed(news) });
    this.#replicas = new Replicas({
      schema,
      startReplica,
      tell: (told, from) => this.#places.hear(told, from),
    });
    this.#places = new ViewPlaces(this.#home, this.#replicas);
    const lane = (frequency: Frequency) => new Lane(frequency, gate, usualCrossing);
    this.#lanes = { realtime: lane("realtime"), normal: lane("normal"), analytics: lane("analytics") };
  }

  /** Takes entries in, in their order, all or none, and brings the realtime views up to date once. */
  ingestBatch(entries: readonly Entry[]): Promise<Ingested> {
    return this.#inTurn(async () => {
      const fault = this.defer(entries);
      if (fault !== null) return { ok: false, fault };
      return { ok: true, flushes: await this.#flush(() => [this.#home.flush()]) };
    });
  }

  /** Takes entries in at once, in their order, all or none (for the fault given), and leaves them to a later flush. */
  defer(entries: readonly Entry[]): Fault | null {
    const taken = this.#home.defer(entries);
    if (!taken.ok) return taken.fault;
    if (taken.flushes.length === 0) return null;
    this.#stopComputing(this.#clock());
    this.#early.push(...taken.flushes);
    void this.#inTurn(() => this.#settle());
    return null;
  }

  /** Brings the realtime views up to date; resolves when their listeners have heard. */
  flush(): Promise<readonly Flush[]> {
    return this.#inTurn(() => this.#flush(() => [this.#home.flush()]));
  }

  /** Brings all views up to date, whether or not it is time. */
  flushAll(): Promise<readonly Flush[]> {
    return this.#inTurn(() => this.#flush(() => this.#home.flushAll()));
  }

  /** Brings the views up to date for which it is time at `now`, milliseconds of a clock of the caller's. */
  tick(now: number): Promise<readonly Flush[]> {
    return this.#inTurn(() => this.#flush(() => this.#home.tick(now)));
  }

  /** The time, by the clock of `tick`, from which on a tick has something to do; `null` when nothing is pending. */
  nextTick(): number | null {
    return this.#home.nextTick();
  }

  /** Takes up a view under a name, in place of the one that has it, and tells the whole of it as soon as it has rows. */
  register(name: string, definition: ViewDefinition, listener: ToldListener): Promise<Registered> {
    return this.#inTurn(async () => {
      const misfit = planFault(definition.plan, this.#options.schema);
      if (misfit !== null) return { ok: false, fault: misfit };
      const fault = this.#places.add(newView(name, definition, listener));
      const thrown = await this.#settle();
      return { ok: true, fault: fault ?? thrown.find(({ view }) => view === name)?.fault ?? null };
    });
  }

  /** Ends a view; tells whether there was one. */
  unregister(name: string): Promise<boolean> {
    return this.#inTurn(async () => this.#places.remove(name));
  }

  /** The names of all views, in the order in which they were registered. */
  views(): readonly string[] {
    return [...this.#places.views.keys()];
  }

  definition(name: string): ViewDefinition | undefined {
    return this.#places.views.get(name)?.definition;
  }

  /** The rows of a view as of its last flush, in the order of its plan if it ends in a window. */
  rows(name: string): Promise<readonly Row[] | undefined> {
    return this.#inTurn(() => this.#rows(name));
  }

  /** A text that is the same for the same rows, whatever their order, and in all likelihood for no others. */
  hash(name: string): Promise<string | undefined> {
    return this.#inTurn(async () => {
      await this.#settle();
      const view = this.#places.views.get(name);
      const { frequency = "realtime" } = view?.definition ?? {};
      const answer = await view?.at?.ask({ type: "hash", frequency, view: name });
      if (answer?.type === "hash") return answer.hash ?? undefined;
      await this.#settle();
      return this.#home.hash(name);
    });
  }

  isUsed(table: string): boolean {
    return this.#home.isUsed(table);
  }

  keys(table: string): readonly string[] {
    return this.#home.keys(table);
  }

  /** Removes all rows of a table, and forgets their versions. The views over it are told whole at their next flush. */
  clear(table: string): Fault | null {
    return this.#home.clear(table);
  }

  /** The numbers of the replicas that views are kept in, from 1; of those that are kept in this thread there are none. */
  places(): Places {
    return this.#placesOf(this.#places.views.values());
  }

  /** How this thread's shards fare, and each view where it is kept. */
  metrics(): Promise<{ readonly shards: readonly ShardMetrics[]; readonly views: readonly ViewMetrics[] }> {
    return this.#inTurn(async () => {
      await this.#settle();
      const { shards, views } = this.#home.metrics();
      const known = new Map(views.map((view) => [view.view, view]));
      for (const link of this.#replicas.all) {
        const answer = await link.ask({ type: "metrics" });
        if (answer?.type !== "metrics") continue;
        for (const view of answer.views)
          if (this.#places.views.get(view.view)?.at === link) known.set(view.view, view);
      }
      return { shards, views: this.views().flatMap((name) => known.get(name) ?? []) };
    });
  }

  /** Ends all replicas, after what is under way. The views go on in this thread. */
  close(): Promise<void> {
    return this.#inTurn(async () => {
      for (const view of this.#places.views.values()) this.#places.beginReturn(view);
      await this.#settle();
      for (const lane of Object.values(this.#lanes)) lane.correct(new Map());
    });
  }

  #feed(news: TableNews): void {
    const from = this.#clock();
    this.#stopComputing(from);
    this.#places.fed();
    const lane = this.#lanes[news.frequency];
    for (const [table, { length }] of news.changes) lane.count(table, length);
    this.#replicas.feed(news);
    this.#computing = { frequency: news.frequency, from: this.#clock() };
  }

  #stopComputing(now: number): void {
    if (this.#computing !== null) this.#homeMs[this.#computing.frequency] += now - this.#computing.from;
    this.#computing = null;
  }

  async #flush(work: () => readonly Flush[]): Promise<readonly Flush[]> {
    this.#replaceEnded();
    this.#places.arrive();
    this.#computing = null;
    const from = this.#clock();
    const flushes = [...this.#early.splice(0), ...work()];
    const done = this.#clock();
    this.#stopComputing(done);
    for (const { frequency } of flushes) this.#regulate(this.#lanes[frequency]);
    const movedMs = this.#clock() - done;
    const thrown = await this.#settle();
    const wallMs = this.#clock() - from - movedMs;
    for (const { frequency } of flushes)
      this.#note(this.#lanes[frequency], flushes.length === 1 ? wallMs : null);
    return flushes.map((flush) => this.#completed(flush, thrown));
  }

  /** Has the gate say where the views of a frequency should be, and begins to move them. */
  #regulate(lane: Lane): void {
    if (!lane.isAsking) return;
    const views = this.#viewsOf(lane.frequency);
    const costs = views.map(({ cost }) => cost);
    if (!lane.ask(costs, this.#options.cores)) return;
    for (const view of views) this.#move(view, lane.places.get(view.name) ?? 0);
    // A replica that cannot be started leaves its views here.
    if (views.some(({ name, at, movingTo }) => at === null && movingTo === null && lane.places.has(name)))
      lane.correct(this.#aimsOf(lane.frequency));
  }

  #move(view: PlacedView, place: number): void {
    const link = place === 0 ? null : this.#replicas.at(place);
    if (link === null) this.#places.beginReturn(view);
    else this.#places.begin(view, link);
  }

  #replaceEnded(): void {
    if (!this.#places.replaceEnded()) return;
    for (const lane of Object.values(this.#lanes)) lane.correct(this.#aimsOf(lane.frequency));
  }

  /** Waits until all threads show one moment, then tells all listeners. Gives the faults of those that threw. */
  async #settle(): Promise<readonly ViewFault[]> {
    for (;;) {
      this.#replaceEnded();
      const awaited = this.#places.awaited();
      if (awaited.length > 0) await Promise.all(awaited.map((link) => link.quiet()));
      else if (!this.#places.return() && !(await this.#makeWhole()))
        return tellViews(this.#places.views.values());
    }
  }

  /** Gets the rows of a view whose listener threw before, if there is such a view. */
  async #makeWhole(): Promise<boolean> {
    const view = [...this.#places.views.values()].find(wantsWhole);
    if (view === undefined) return false;
    const waiting = view.inbox.length;
    const rows = await this.#ask(view);
    // What came meanwhile may be in the rows or may not: then they are asked for again.
    if (rows !== undefined && view.inbox.length === waiting) putWhole(view, rows);
    return true;
  }

  async #rows(name: string): Promise<readonly Row[] | undefined> {
    await this.#settle();
    const view = this.#places.views.get(name);
    const rows = view === undefined ? undefined : await this.#ask(view);
    if (rows !== undefined || view === undefined) return rows;
    await this.#settle();
    return this.#home.rows(name);
  }

  /** The rows of a view where it is kept; `undefined` if that has ended. */
  async #ask({ name, at, definition: { frequency } }: PlacedView): Promise<readonly Row[] | undefined> {
    if (at === null) return this.#home.rows(name);
    const answer = await at.ask({ type: "rows", frequency, view: name });
    return answer?.type === "rows" && answer.rows !== null ? openedRows(answer.rows) : undefined;
  }

  /** Adds what replicas and listeners told to what a flush of this thread did. */
  #completed({ frequency, stats, faults }: Flush, thrown: readonly ViewFault[]): Flush {
    const news = this.#places.news[frequency];
    const viewsUpdated = stats.viewsUpdated + news.updated;
    news.updated = 0;
    const own = thrown.filter(({ view }) => this.definition(view)?.frequency === frequency);
    return {
      frequency,
      stats: { ...stats, viewsUpdated },
      faults: [...faults, ...news.faults.splice(0), ...own],
    };
  }

  /** Learns from a flush what flushes cost. */
  #note(lane: Lane, wallMs: number | null): void {
    const { frequency } = lane;
    const news = this.#places.news[frequency];
    const computedMs = this.#homeMs[frequency] + news.replicaMs;
    this.#homeMs[frequency] = 0;
    news.replicaMs = 0;
    if (!lane.isWorth(computedMs)) return;
    const views = this.#viewsOf(frequency);
    const places = this.#places.areMoving(frequency) ? null : this.#placesOf(views);
    lane.add({ views: views.map(({ cost }) => cost), places, computedMs, wallMs });
  }

  #viewsOf(frequency: Frequency): readonly PlacedView[] {
    return [...this.#places.views.values()].filter(({ definition }) => definition.frequency === frequency);
  }

  /** Where views are or are on their way to. */
  #aimsOf(frequency: Frequency): Places {
    const aims = this.#viewsOf(frequency).map((view) => ({ ...view, at: view.movingTo ?? view.at }));
    return this.#placesOf(aims.filter(({ isReturning }) => !isReturning));
  }

  #placesOf(views: Iterable<Pick<PlacedView, "name" | "at">>): Places {
    const away = [...views].flatMap(({ name, at }) =>
      at === null ? [] : [[name, this.#replicas.numberOf(at)] as const],
    );
    return new Map(away);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => {});
    return turn;
  }
}

function newView(name: string, definition: ViewDefinition, listener: ToldListener): PlacedView {
  const { plan, parameters } = definition;
  return {
    name,
    definition,
    listener,
    cost: viewCost(name, plan, parameters),
    at: null,
    movingTo: null,
    isReturning: false,
    inbox: [],
    hasTold: false,
    owesWhole: false,
    hasFault: false,
  };
}
