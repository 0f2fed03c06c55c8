import type { PartCost, ViewCost } from "./plan-cost.ts";

/** On which thread each view is kept: 0, also where nothing is said, is this one; replicas count from 1. */
export type Places = ReadonlyMap<string, number>;

/** What it takes to have a row in another thread, in milliseconds. */
export type CrossingCost = {
  /** A message there and the answer, whatever is in them. */
  readonly messageMs: number;
  /** To pack a row, which the sender does once for all replicas. */
  readonly packMs: number;
  /** To open a row and take it into a table. */
  readonly openMs: number;
  /** To pack a changed row of a view. */
  readonly answerMs: number;
};

/** What a flush is expected to be about. */
export type Load = {
  /** Changed rows of each table. */
  readonly changes: ReadonlyMap<string, number>;
  /** Milliseconds of a part of weight 1 for one change. */
  readonly unitMs: number;
  readonly crossing: CrossingCost;
};

/**
 * Spreads views over threads so that the last one is done early: from the dearest view on, each goes where it is done first, but
 * parts that another thread does already count twice, for they would be done twice. Cost: views × threads × their parts.
 */
export function placeViews(views: readonly ViewCost[], threads: number, load: Load): Places {
  const shares = Array.from({ length: threads }, (_, thread) => new Share(thread, load));
  const costs = new Map(views.map((view) => [view, shares[0]?.added(view) ?? 0]));
  const dearestFirst = views.toSorted((a, b) => {
    return (costs.get(b) ?? 0) - (costs.get(a) ?? 0) || (a.name < b.name ? -1 : 1);
  });
  const places = new Map<string, number>();
  for (const view of dearestFirst) {
    const least = Math.min(...shares.map((share) => share.partsAdded(view)));
    const best = leastBy(shares, (share) => share.ms + share.added(view) + share.partsAdded(view) - least);
    best?.add(view);
    if (best !== undefined && best.thread > 0) places.set(view.name, best.thread);
  }
  return places;
}

/** Milliseconds until all threads are done with a flush. Each replica begins when the rows are packed. */
export function predictMs(views: readonly ViewCost[], places: Places, load: Load): number {
  const shares = new Map<number, Share>([[0, new Share(0, load)]]);
  for (const view of views) {
    const thread = places.get(view.name) ?? 0;
    const share = shares.get(thread) ?? new Share(thread, load);
    shares.set(thread, share);
    share.add(view);
  }
  const replicas = [...shares.values()].filter(({ thread }) => thread > 0);
  const sent = new Set(replicas.flatMap(({ tables }) => [...tables]));
  const packing = changesOf(sent, load) * load.crossing.packMs;
  const here = packing + (shares.get(0)?.ms ?? 0) + replicas.length * load.crossing.messageMs;
  return Math.max(here, ...replicas.map(({ ms }) => packing + ms));
}

/** What one thread has to do in a flush. */
class Share {
  readonly thread: number;
  readonly tables = new Set<string>();
  readonly #load: Load;
  readonly #parts = new Set<string>();
  #ms = 0;

  constructor(thread: number, load: Load) {
    this.thread = thread;
    this.#load = load;
  }

  get ms(): number {
    return this.#ms;
  }

  /** Milliseconds that a view would add. */
  added(view: ViewCost): number {
    if (this.thread === 0) return this.partsAdded(view);
    const { crossing } = this.#load;
    const opened = [...view.tables].filter((table) => !this.tables.has(table));
    return (
      this.partsAdded(view) +
      changesOf(opened, this.#load) * crossing.openMs +
      changesOf(view.tables, this.#load) * crossing.answerMs +
      (this.tables.size === 0 ? crossing.messageMs : 0)
    );
  }

  /** Of them, those for parts of its plan that are not done here yet. */
  partsAdded(view: ViewCost): number {
    let ms = 0;
    for (const [key, part] of view.parts) if (!this.#parts.has(key)) ms += partMs(part, this.#load);
    return ms;
  }

  add(view: ViewCost): void {
    this.#ms += this.added(view);
    for (const key of view.parts.keys()) this.#parts.add(key);
    for (const table of view.tables) this.tables.add(table);
  }
}

function partMs({ tables, weight }: PartCost, load: Load): number {
  return weight === 0 ? 0 : weight * changesOf(tables, load) * load.unitMs;
}

function changesOf(tables: Iterable<string>, { changes }: Load): number {
  let count = 0;
  for (const table of tables) count += changes.get(table) ?? 0;
  return count;
}

function leastBy<T>(all: readonly T[], value: (one: T) => number): T | undefined {
  let best: T | undefined;
  let least = Infinity;
  for (const one of all) {
    const found = value(one);
    if (found < least) [best, least] = [one, found];
  }
  return best;
}
