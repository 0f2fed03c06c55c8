import type { Fault } from "../../base/fault.ts";
import { invariant } from "../../base/invariant.ts";
import type { Circuit } from "../circuit.ts";
import type { ViewFault } from "../metrics.ts";
import type { Frequency, ViewDefinition, ViewDelta } from "../view.ts";
import type { ViewCost } from "./plan-cost.ts";
import type { ReplicaLink, Told } from "./replica-link.ts";
import type { Replicas } from "./replicas.ts";
import type { ToldDelta, ToldListener } from "./told-delta.ts";

/** A view, and where it is kept. */
export type PlacedView = {
  readonly name: string;
  readonly definition: ViewDefinition;
  readonly listener: ToldListener;
  readonly cost: ViewCost;
  /** Who tells of it: a replica, or (`null`) the circuit of this thread. */
  at: ReplicaLink | null;
  /** The replica that will tell of it, as soon as it has its rows. */
  movingTo: ReplicaLink | null;
  /** Whether the circuit of this thread is to tell of it, as soon as nothing is under way. */
  isReturning: boolean;
  /** What its listener is to be told, in this order. */
  readonly inbox: ToldDelta[];
  hasTold: boolean;
  /** Whether its listener threw and may hold anything. */
  owesWhole: boolean;
  /** Whether the last that was heard of it is a fault. */
  hasFault: boolean;
};

/** What replicas and moves brought for the views of one frequency, to be taken by who tells of it. */
export type LaneNews = { faults: ViewFault[]; updated: number; replicaMs: number };

/**
 * Where each view is kept, and how views move. A view that moves to a replica is told from where it was until the replica has
 * its rows and has answered everything; then both show one moment, and the replica goes on. So moves are silent.
 */
export class ViewPlaces {
  readonly views = new Map<string, PlacedView>();
  readonly news: { readonly [F in Frequency]: LaneNews } = {
    realtime: { faults: [], updated: 0, replicaMs: 0 },
    normal: { faults: [], updated: 0, replicaMs: 0 },
    analytics: { faults: [], updated: 0, replicaMs: 0 },
  };
  readonly #home: Circuit;
  readonly #replicas: Replicas;
  /** Whether tables were told of since it was last set back. */
  #hasFed = false;

  constructor(home: Circuit, replicas: Replicas) {
    this.#home = home;
    this.#replicas = replicas;
  }

  /** Notes that the circuit of this thread told the replicas of tables. */
  fed(): void {
    this.#hasFed = true;
  }

  /** Takes what a replica tells; of views that it does not tell of (yet, or any more) it is passed over. */
  hear({ deltas, faults, ms, crossingMs }: Told, from: ReplicaLink): void {
    const news = new Set<LaneNews>();
    for (const delta of deltas) {
      const view = this.views.get(delta.view);
      if (view?.at !== from) continue;
      view.inbox.push({ ...delta, form: "columns" });
      view.hasFault = false;
      this.news[view.definition.frequency].updated++;
      news.add(this.news[view.definition.frequency]);
    }
    for (const each of faults) {
      const view = this.views.get(each.view);
      if (view?.at === from) this.#fail(view, each.fault);
    }
    for (const lane of news) lane.replicaMs += ms - crossingMs;
  }

  /** Takes up a view, in place of the one with its name, in this thread. */
  add(view: PlacedView): Fault | null {
    const before = this.views.get(view.name);
    if (before !== undefined) this.#leaveAll(before);
    this.views.delete(view.name);
    this.views.set(view.name, view);
    if (before !== undefined) view.hasTold = true;
    return this.#register(view);
  }

  remove(name: string): boolean {
    const view = this.views.get(name);
    if (view === undefined) return false;
    this.#leaveAll(view);
    this.#home.unregister(name);
    return this.views.delete(name);
  }

  /** Begins to move a view to a replica. Only right after a flush of its frequency. */
  begin(view: PlacedView, link: ReplicaLink): void {
    view.isReturning = false;
    if (view.movingTo === link || (view.movingTo === null && view.at === link)) return;
    this.#cancel(view);
    if (view.at === link) return;
    const { name, definition, cost } = view;
    const { frequency } = definition;
    for (const table of cost.tables) {
      if (link.tables(frequency).has(table)) continue;
      this.#replicas.load(link, frequency, table, this.#home.follow(frequency, table));
    }
    link.send({ type: "register", frequency, view: name, definition });
    view.movingTo = link;
  }

  /** Begins to move a view back to this thread. */
  beginReturn(view: PlacedView): void {
    this.#cancel(view);
    view.isReturning = view.at !== null;
  }

  /** Whether a view of a frequency is on its way. */
  areMoving(frequency: Frequency): boolean {
    for (const { definition, movingTo, isReturning } of this.views.values())
      if (definition.frequency === frequency && (movingTo !== null || isReturning)) return true;
    return false;
  }

  /** Ends the moves to replicas that have caught up. */
  arrive(): void {
    for (const view of this.views.values()) {
      const { movingTo, at } = view;
      if (movingTo === null || movingTo.isBusy || at?.isBusy === true) continue;
      if (at === null) this.#home.unregister(view.name);
      view.at = movingTo;
      view.movingTo = null;
      if (at !== null) this.#leave(view, at);
    }
  }

  /** Ends the moves to this thread. Only when no replica that tells of views is busy. */
  return(): boolean {
    const returning = [...this.views.values()].filter((view) => view.isReturning);
    for (const view of returning) this.#comeHome(view);
    return returning.length > 0;
  }

  /** Has this thread keep the views of replicas that have ended, which are told whole; tells whether there are such. */
  replaceEnded(): boolean {
    const ended = this.#replicas.takeEnded();
    for (const link of ended) {
      for (const view of this.views.values()) {
        if (view.movingTo === link) view.movingTo = null;
        if (view.at !== link) continue;
        view.at = null;
        view.isReturning = false;
        this.#register(view);
      }
      for (const frequency of frequencies) this.#unfollow(frequency);
    }
    return ended.length > 0;
  }

  /** The replicas whose answers are waited for: those that tell of views. */
  awaited(): readonly ReplicaLink[] {
    const links = new Set<ReplicaLink>();
    for (const { at } of this.views.values()) if (at?.isBusy === true) links.add(at);
    return [...links];
  }

  #comeHome(view: PlacedView): void {
    const { at } = view;
    view.isReturning = false;
    if (at === null) return;
    view.at = null;
    this.#leave(view, at);
    const known = [...view.inbox];
    const isKnown = !view.hasFault;
    this.#hasFed = false;
    this.#register(view);
    // Nothing came in between: what it would be told is what it was told.
    if (isKnown && !view.hasFault && !this.#hasFed) view.inbox.splice(0, Infinity, ...known);
  }

  /** Has the circuit of this thread keep a view, and tells it whole: also that it is empty, if it was told otherwise. */
  #register(view: PlacedView): Fault | null {
    const { name, definition } = view;
    view.inbox.splice(0);
    view.hasFault = false;
    const registered = this.#home.register(name, definition, (delta) => this.#collect(view, delta));
    invariant(registered.ok, "a view that was checked fits its tables");
    if (registered.fault !== null) this.#fail(view, registered.fault);
    else if (view.hasTold && view.inbox.length === 0)
      view.inbox.push({ form: "rows", view: name, reset: true, upserts: [], removals: [] });
    return registered.fault;
  }

  #collect(view: PlacedView, delta: ViewDelta): void {
    view.hasFault = false;
    if (view.at === null) view.inbox.push({ ...delta, form: "rows" });
  }

  #fail(view: PlacedView, fault: Fault): void {
    view.hasFault = true;
    this.news[view.definition.frequency].faults.push({ view: view.name, fault });
  }

  #cancel(view: PlacedView): void {
    const { movingTo } = view;
    view.movingTo = null;
    if (movingTo !== null) this.#leave(view, movingTo);
  }

  #leaveAll(view: PlacedView): void {
    this.#cancel(view);
    const { at } = view;
    view.at = null;
    if (at !== null) this.#leave(view, at);
  }

  /** Ends a view in a replica; the replica forgets what no view of it needs, and ends when none is left. */
  #leave(view: PlacedView, link: ReplicaLink): void {
    const { frequency } = view.definition;
    link.send({ type: "unregister", frequency, view: view.name });
    const held = [...this.views.values()].filter(({ at, movingTo }) => at === link || movingTo === link);
    if (held.length === 0) {
      this.#replicas.close(link);
      for (const each of frequencies) this.#unfollow(each);
      return;
    }
    const used = new Set<string>();
    for (const { definition, cost } of held)
      if (definition.frequency === frequency) for (const table of cost.tables) used.add(table);
    const tables = [...link.tables(frequency)].filter((table) => !used.has(table));
    if (tables.length === 0) return;
    for (const table of tables) link.tables(frequency).delete(table);
    link.send({ type: "drop", frequency, tables });
    this.#unfollow(frequency);
  }

  /** Ends the following of tables that no replica holds any more. */
  #unfollow(frequency: Frequency): void {
    for (const table of this.#home.followed(frequency))
      if (!this.#replicas.hold(frequency, table)) this.#home.unfollow(frequency, table);
  }
}

const frequencies = ["realtime", "normal", "analytics"] as const;
