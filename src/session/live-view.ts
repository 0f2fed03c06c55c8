import type { Delta } from "../model/wire.ts";
import { viewNames, type ViewName, type ViewRows } from "../model/view-rows.ts";
import type { ProjectId } from "../model/ids.ts";
import type { LiveView, LiveViews } from "./contract.ts";

/** How many changed keys a view remembers, so that a canvas can redraw them alone. */
const rememberedChanges = 20_000;

/** Runs a callback at the next frame; a page passes `requestAnimationFrame` or a timer. */
export type Scheduler = (callback: () => void) => void;

type Keyed = { readonly key: string };

/**
 * The four views of the open project. `apply` takes the deltas of any project and keeps those of the one that is
 * shown; listeners hear of them once a frame.
 */
export class LiveViewSet {
  readonly views: LiveViews;
  readonly #all: { readonly [V in ViewName]: MutableView<ViewRows[V]> };
  #projectId: ProjectId | null = null;

  constructor(schedule: Scheduler) {
    this.#all = {
      node: new MutableView(schedule),
      edge: new MutableView(schedule),
      problem: new MutableView(schedule),
      run: new MutableView(schedule),
    };
    this.views = this.#all;
  }

  /** Shows another project, or none: the views start empty. */
  show(projectId: ProjectId | null): void {
    if (projectId === this.#projectId) return;
    this.#projectId = projectId;
    for (const name of viewNames) this.#all[name].apply(true, [], []);
  }

  apply(deltas: readonly Delta[]): void {
    for (const delta of deltas) if (delta.projectId === this.#projectId) this.#applyOne(delta);
  }

  #applyOne(delta: Delta): void {
    switch (delta.view) {
      case "node":
        return this.#all.node.apply(delta.reset, delta.upserts, delta.removals);
      case "edge":
        return this.#all.edge.apply(delta.reset, delta.upserts, delta.removals);
      case "problem":
        return this.#all.problem.apply(delta.reset, delta.upserts, delta.removals);
      case "run":
        return this.#all.run.apply(delta.reset, delta.upserts, delta.removals);
    }
  }
}

/**
 * One view. Readers get a map that never changes under them: the first change after a read works on a copy. Within a
 * delta removals come first, so that a key that is in both stays.
 */
export class MutableView<Row extends Keyed> implements LiveView<Row> {
  readonly #schedule: Scheduler;
  readonly #listeners = new Set<() => void>();
  readonly #changes = new ChangeRing(rememberedChanges);
  #rows = new Map<string, Row>();
  #isShared = false;
  #version = 0;
  #isScheduled = false;

  constructor(schedule: Scheduler) {
    this.#schedule = schedule;
  }

  subscribe(listener: () => void): () => void {
    // A wrapper of its own, so that the same function may subscribe twice.
    const entry = () => listener();
    this.#listeners.add(entry);
    return () => void this.#listeners.delete(entry);
  }

  version(): number {
    return this.#version;
  }

  get(key: string): Row | undefined {
    return this.#rows.get(key);
  }

  rows(): ReadonlyMap<string, Row> {
    this.#isShared = true;
    return this.#rows;
  }

  changedSince(version: number): readonly string[] | undefined {
    return version === this.#version ? [] : this.#changes.since(version);
  }

  apply(reset: boolean, upserts: readonly Row[], removals: readonly string[]): void {
    const version = this.#version + 1;
    const changed = reset ? this.#replace(upserts) : this.#patch(upserts, removals);
    if (changed.length === 0) return;
    this.#version = version;
    this.#changes.push(version, changed);
    this.#notify();
  }

  #replace(upserts: readonly Row[]): readonly string[] {
    if (upserts.length + this.#rows.size === 0) return [];
    const before = this.#rows;
    this.#rows = new Map();
    this.#isShared = false;
    for (const row of upserts) this.#rows.set(row.key, row);
    return [...new Set([...before.keys(), ...this.#rows.keys()])];
  }

  #patch(upserts: readonly Row[], removals: readonly string[]): readonly string[] {
    if (upserts.length === 0 && removals.length === 0) return [];
    const upserted = new Set(upserts.map((row) => row.key));
    const removed = removals.filter((key) => !upserted.has(key) && this.#rows.has(key));
    if (upserted.size + removed.length === 0) return [];
    this.#own();
    for (const key of removed) this.#rows.delete(key);
    for (const row of upserts) this.#rows.set(row.key, row);
    return [...removed, ...upserted];
  }

  #own(): void {
    if (!this.#isShared) return;
    this.#rows = new Map(this.#rows);
    this.#isShared = false;
  }

  #notify(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#schedule(() => {
      this.#isScheduled = false;
      for (const listener of this.#listeners) listener();
    });
  }
}

/** The keys that each of the latest versions changed, up to a number of keys. */
class ChangeRing {
  readonly #limit: number;
  #entries: { readonly version: number; readonly keys: readonly string[] }[] = [];
  #count = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  push(version: number, keys: readonly string[]): void {
    this.#entries.push({ version, keys });
    this.#count += keys.length;
    let dropped = 0;
    while (this.#count > this.#limit && dropped < this.#entries.length) {
      this.#count -= this.#entries[dropped]?.keys.length ?? 0;
      dropped++;
    }
    if (dropped > 0) this.#entries = this.#entries.slice(dropped);
  }

  /** Each key once, or `undefined` when a version after `version` is forgotten. */
  since(version: number): readonly string[] | undefined {
    const first = this.#entries[0];
    if (first === undefined || version < first.version - 1) return undefined;
    const keys = new Set<string>();
    for (const entry of this.#entries) {
      if (entry.version > version) for (const key of entry.keys) keys.add(key);
    }
    return [...keys];
  }
}
