import type { Fault } from "../base/fault.ts";
import type { Parameters } from "./bind-plan.ts";
import { listenerFailed } from "./circuit-faults.ts";
import { Durations } from "./durations.ts";
import type { Outcome } from "./outcome.ts";
import type { Plan } from "./plan.ts";
import { RowSetHash } from "./row-hash.ts";
import type { Changes, Row } from "./row.ts";

/**
 * How often a view is brought up to date:
 * - `realtime`: with each flush, which an app calls once a frame
 * - `normal`: 100 ms after the last time at the earliest
 * - `analytics`: 5 s after the last time at the earliest
 */
export type Frequency = "realtime" | "normal" | "analytics";

/** What a view shows, and how often. */
export type ViewDefinition = {
  readonly plan: Plan;
  readonly parameters: Parameters;
  readonly frequency: Frequency;
};

/** What changed in a view. A `reset` holds the whole of it and replaces what was there. */
export type ViewDelta = {
  readonly view: string;
  readonly reset: boolean;
  readonly upserts: readonly Row[];
  readonly removals: readonly string[];
};

/** Hears of a view. When it throws, it is given the whole view at its next change. It must not call the circuit. */
export type ViewListener = (delta: ViewDelta) => void;

/**
 * How much the next delta must tell:
 * - `first`: all, as soon as there is something to tell
 * - `now`: all, also when nothing changed, because the listener holds something else
 * - `all`: all, as soon as something changes, because the listener may hold something else
 * - `changes`: what changed
 */
type Duty = "first" | "now" | "all" | "changes";

/** The content of one registered view. Invariant: who applies the deltas told holds it, in the same order. */
export class View {
  readonly name: string;
  readonly definition: ViewDefinition;
  readonly durations = new Durations();
  fullRecomputes = 0;
  incrementalUpdates = 0;
  /** Of the parts of its plan when it was registered: how many were there already, and how many had to be made. */
  cacheHits = 0;
  cacheMisses = 0;
  readonly listener: ViewListener;
  #fault: Fault | null = null;
  #content = new Map<string, Row>();
  #hash: RowSetHash | undefined;
  #duty: Duty = "first";

  constructor(name: string, definition: ViewDefinition, listener: ViewListener) {
    this.name = name;
    this.definition = definition;
    this.listener = listener;
  }

  /** Why it is not up to date, until it is again. */
  get fault(): Fault | null {
    return this.#fault;
  }

  get content(): ReadonlyMap<string, Row> {
    return this.#content;
  }

  /** Whether it must tell all at the next flush, also when nothing changes. */
  get owesAll(): boolean {
    return this.#duty === "now" && this.#fault === null;
  }

  /** Has it tell the whole of it at the next flush. */
  oweAll(): void {
    this.#duty = "now";
  }

  /** Takes what became of its plan, `undefined` for nothing, and tells it. Gives a fault of the plan or of the listener. */
  take(outcome: Outcome | undefined): Fault | null {
    if (outcome?.type === "fault") {
      this.#fault = outcome.fault;
      return outcome.fault;
    }
    if (outcome?.type === "reset") return this.#load(outcome.rows);
    return this.#apply(outcome?.changes ?? []);
  }

  /** Of its rows, whatever their order. The first call costs O(rows); from then on it is kept up. */
  hash(): string {
    this.#hash ??= hashOf(this.#content);
    return this.#hash.digest();
  }

  /** The whole of it, as a reset. */
  whole(): ViewDelta {
    return { view: this.name, reset: true, upserts: [...this.#content.values()], removals: [] };
  }

  #load(rows: readonly Row[]): Fault | null {
    this.#fault = null;
    this.fullRecomputes++;
    this.#content = new Map(rows.map((row) => [row.key, row]));
    if (this.#hash !== undefined) this.#hash = hashOf(this.#content);
    if (this.#duty !== "first" || this.#content.size > 0) this.#duty = "now";
    return this.#tell([], []);
  }

  #apply(changes: Changes): Fault | null {
    if (changes.length > 0) this.incrementalUpdates++;
    const upserts: Row[] = [];
    const removals: string[] = [];
    for (const change of changes) {
      const { key, after } = change;
      if (this.#hash !== undefined && change.before !== undefined) this.#hash.remove(change.before);
      if (after === undefined) {
        this.#content.delete(key);
        removals.push(key);
      } else {
        this.#content.set(key, after);
        this.#hash?.add(after);
        upserts.push(after);
      }
    }
    return this.#tell(upserts, removals);
  }

  #tell(upserts: readonly Row[], removals: readonly string[]): Fault | null {
    if (this.#duty !== "now" && upserts.length === 0 && removals.length === 0) return null;
    const isWhole = this.#duty !== "changes";
    this.#duty = "changes";
    try {
      this.listener(isWhole ? this.whole() : { view: this.name, reset: false, upserts, removals });
      return null;
    } catch (thrown) {
      this.#duty = "all";
      return listenerFailed(this.name, thrown);
    }
  }
}

function hashOf(content: ReadonlyMap<string, Row>): RowSetHash {
  const hash = new RowSetHash();
  for (const row of content.values()) hash.add(row);
  return hash;
}
