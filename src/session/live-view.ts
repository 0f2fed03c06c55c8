import type { PackedDelta } from "../model/wire.ts";
import type { PackedRows } from "../model/packed-rows.ts";
import { openRows } from "../circuit/crossing/open-rows.ts";
import { viewNames, type AskedView, type ViewName, type ViewRows } from "../model/view-rows.ts";
import type { ProjectId } from "../model/ids.ts";
import { ChangeRing } from "./change-ring.ts";
import type { LiveView, LiveViews } from "./contract.ts";
import { RowMap, type Keyed } from "./row-map.ts";

/** How many changed keys a view remembers, so that a canvas can redraw them alone. */
const rememberedChanges = 20_000;

/** Runs a callback at the next frame; a page passes `requestAnimationFrame` or a timer. */
export type Scheduler = (callback: () => void) => void;

/**
 * The four views of the open project. `apply` takes the deltas of any project and keeps those of the one that is
 * shown; listeners hear of them once a frame.
 */
export class LiveViewSet {
  readonly views: LiveViews;
  readonly #all: { readonly [V in ViewName]: MutableView<ViewRows[V]> };
  /** Takes the deltas of views that panels asked for; tells whether they could be read. */
  readonly #takeAsked: (delta: PackedDelta) => boolean;
  #projectId: ProjectId | null = null;

  constructor(schedule: Scheduler, takeAsked: (delta: PackedDelta) => boolean = () => true) {
    this.#takeAsked = takeAsked;
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
    for (const name of viewNames) this.#all[name].clear();
  }

  /** Whether all could be read; a delta that could not leaves its view as it was. */
  apply(deltas: readonly PackedDelta[]): boolean {
    const ours = deltas.filter(({ projectId }) => projectId === this.#projectId);
    return ours.map((delta) => this.#applyOne(delta)).every((isRead) => isRead);
  }

  #applyOne(delta: PackedDelta): boolean {
    return isAsked(delta.view) ? this.#takeAsked(delta) : this.#all[delta.view].apply(delta);
  }
}

function isAsked(view: ViewName | AskedView): view is AskedView {
  return view.startsWith("view:");
}

/** What a view takes: packed rows of its own kind. */
export type ViewChange = {
  readonly reset: boolean;
  readonly upserts: PackedRows;
  readonly removals: readonly string[];
};

/**
 * One view, held once: who reads it reads in place, and its version tells whether there is anything new to read.
 * Within a delta removals come first, so that a key that is in both stays. Cost of a change: what it holds, never the
 * size of the view.
 */
export class MutableView<Row extends Keyed> implements LiveView<Row> {
  readonly #schedule: Scheduler;
  readonly #listeners = new Set<() => void>();
  readonly #changes = new ChangeRing(rememberedChanges);
  #rows = new RowMap<Row>();
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

  size(): number {
    return this.#rows.size;
  }

  get(key: string): Row | undefined {
    return this.#rows.get(key);
  }

  rows(): Iterable<Row> {
    return this.#rows.values();
  }

  changedSince(version: number): readonly string[] | undefined {
    return version === this.#version ? [] : this.#changes.since(version);
  }

  /** Whether the rows could be read; if not, nothing has changed. */
  apply({ reset, upserts, removals }: ViewChange): boolean {
    const opened = openRows(upserts);
    if (!opened.ok) return false;
    const gone = reset ? this.#replaced() : removals.filter((key) => this.#rows.delete(key));
    const come = this.#rows.put(opened.rows);
    this.#note(gone.length === 0 ? come : [...new Set([...gone, ...come])]);
    return true;
  }

  clear(): void {
    this.#note(this.#replaced());
  }

  /** The keys that there were. */
  #replaced(): readonly string[] {
    const keys = [...this.#rows.keys()];
    this.#rows = new RowMap();
    return keys;
  }

  #note(changed: readonly string[]): void {
    if (changed.length === 0) return;
    this.#version++;
    this.#changes.push(this.#version, changed);
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#schedule(() => {
      this.#isScheduled = false;
      for (const listener of this.#listeners) listener();
    });
  }
}
