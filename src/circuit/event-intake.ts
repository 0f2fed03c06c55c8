import type { Fault } from "../base/fault.ts";
import type { Circuit, SavedCircuit } from "./circuit.ts";
import type { Entry } from "./entry.ts";
import { offsetNotCommitted, tooFarAhead, wrongOffset } from "./circuit-faults.ts";

/** What another system tells: the entries of one event, and its 0-based place among all events of that source. */
export type ExternalEvent = {
  readonly source: string;
  readonly offset: number;
  readonly entries: readonly Entry[];
};

/**
 * What became of an event:
 * - `taken`: it was carried out, and the events that had waited for it
 * - `waiting`: events before it have not come yet
 * - `known`: it was taken before, or waits already
 * - `refused`: too many wait, or its offset is none; it has to come again
 * The fault says why it was refused, or is of an event that no table takes, which is passed over, or of the commit.
 */
export type EventReceipt = {
  readonly became: "taken" | "waiting" | "known" | "refused";
  readonly fault: Fault | null;
};

export type EventIntakeParts = {
  readonly circuit: Circuit;
  /** Called after all events of a source below `offset` were carried out. What rejects is made up for by the next. */
  readonly commit: (source: string, offset: number) => Promise<void>;
  /** Of each source the offset of its next event, as `save` gave it with the circuit's rows; 0 for others. */
  readonly offsets?: { readonly [source: string]: number };
  /** How many events may wait for others of their source; 10,000 when nothing is said. */
  readonly mostWaiting?: number;
};

type Source = { next: number; readonly waiting: Map<number, readonly Entry[]> };

/**
 * The way of external events into a circuit. A source may deliver late, twice and out of order: each of its events is
 * carried out once, in the order of the offsets, and an offset is committed only when everything below it was.
 */
export class EventIntake {
  readonly #parts: EventIntakeParts;
  readonly #sources = new Map<string, Source>();

  constructor(parts: EventIntakeParts) {
    this.#parts = parts;
    for (const [source, next] of Object.entries(parts.offsets ?? {}))
      this.#sources.set(source, { next, waiting: new Map() });
  }

  async receive({ source: name, offset, entries }: ExternalEvent): Promise<EventReceipt> {
    if (!Number.isSafeInteger(offset) || offset < 0)
      return { became: "refused", fault: wrongOffset(name, offset) };
    const source = this.#source(name);
    // Who delivers again has not heard of the commit.
    if (offset < source.next) return { became: "known", fault: await this.#commit(name, source.next) };
    if (source.waiting.has(offset)) return { became: "known", fault: null };
    const { mostWaiting = 10_000 } = this.#parts;
    if (offset > source.next && source.waiting.size >= mostWaiting)
      return { became: "refused", fault: tooFarAhead(name, offset, source.next) };
    source.waiting.set(offset, entries);
    if (offset > source.next) return { became: "waiting", fault: null };
    const fault = this.#carryOut(source);
    return { became: "taken", fault: (await this.#commit(name, source.next)) ?? fault };
  }

  /** Everything as plain data, to be kept as one: rows without their offsets would take an event twice. */
  save(): SavedIntake {
    const circuit = this.#parts.circuit.save();
    const offsets = Object.fromEntries([...this.#sources].map(([name, { next }]) => [name, next]));
    return { circuit, offsets };
  }

  #source(name: string): Source {
    const known = this.#sources.get(name);
    if (known !== undefined) return known;
    const source = { next: 0, waiting: new Map() };
    this.#sources.set(name, source);
    return source;
  }

  /** Carries out what waits without a gap. */
  #carryOut(source: Source): Fault | null {
    let fault: Fault | null = null;
    for (;;) {
      const entries = source.waiting.get(source.next);
      if (entries === undefined) return fault;
      source.waiting.delete(source.next);
      const result = this.#parts.circuit.ingestBatch(entries);
      if (!result.ok) fault ??= result.fault;
      source.next++;
    }
  }

  async #commit(name: string, next: number): Promise<Fault | null> {
    try {
      await this.#parts.commit(name, next);
      return null;
    } catch (error) {
      return offsetNotCommitted(name, next, error);
    }
  }
}

/** Rows and offsets of one moment. */
export type SavedIntake = {
  readonly circuit: SavedCircuit;
  readonly offsets: { readonly [source: string]: number };
};
