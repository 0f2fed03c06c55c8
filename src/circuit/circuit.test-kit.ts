import fc from "fast-check";
import { Circuit, type CircuitOptions } from "./circuit.ts";
import type { Entry } from "./entry.ts";
import type { Plan } from "./plan.ts";
import type { Row } from "./row.ts";
import { boolean, json, nullable, number, text, type Schema } from "./schema.ts";
import type { Frequency, ViewDelta, ViewListener } from "./view.ts";

/** Tables for tests: notes have every type of column, links have none but texts. */
export const schema = {
  note: { kind: text, size: nullable(number), isDraft: boolean, tags: json },
  link: { from: text, to: text },
} satisfies Schema;

export const note = (key: string, size: number | null, kind = "page"): Row => ({
  key,
  kind,
  size,
  isDraft: false,
  tags: [],
});

export const put = (row: Row, version?: number): Entry =>
  version === undefined
    ? { type: "update", table: "note", row }
    : { type: "update", table: "note", row, version };

export const remove = (key: string, version?: number): Entry =>
  version === undefined
    ? { type: "delete", table: "note", key }
    : { type: "delete", table: "note", key, version };

export const scan = (table: string): Plan => ({ type: "scan", table });

/** Notes larger than a number, with little else. */
export const largeNotes = (than: number): Plan => ({
  type: "project",
  columns: ["size"],
  of: {
    type: "filter",
    of: scan("note"),
    where: {
      type: "compare",
      by: ">",
      left: { type: "column", name: "size" },
      right: { type: "literal", value: than },
    },
  },
});

/** A circuit whose clock ascends by a millisecond each time that it is asked. */
export function openCircuit(options: Partial<CircuitOptions> = {}): Circuit {
  let time = 0;
  return new Circuit({ schema, clock: () => time++, ...options });
}

/** What a page does with deltas. */
export class Page {
  readonly views = new Map<string, Map<string, Row>>();
  readonly deltas: ViewDelta[] = [];

  readonly listen: ViewListener = (delta) => {
    this.deltas.push(delta);
    const rows = this.#rows(delta.view);
    if (delta.reset) rows.clear();
    for (const key of delta.removals) rows.delete(key);
    for (const row of delta.upserts) rows.set(row.key, row);
  };

  rows(view: string): readonly Row[] {
    return [...this.#rows(view).values()];
  }

  /** The deltas since the last call. */
  take(): readonly ViewDelta[] {
    return this.deltas.splice(0);
  }

  #rows(view: string): Map<string, Row> {
    const rows = this.views.get(view) ?? new Map<string, Row>();
    this.views.set(view, rows);
    return rows;
  }
}

/** Registers a plan without parameters, realtime. */
export const register = (circuit: Circuit, name: string, plan: Plan, listener: ViewListener) =>
  registerAt("realtime", { circuit, name, plan, listener });

export function registerAt(
  frequency: Frequency,
  of: {
    readonly circuit: Circuit;
    readonly name: string;
    readonly plan: Plan;
    readonly listener: ViewListener;
  },
) {
  return of.circuit.register(of.name, { plan: of.plan, parameters: {}, frequency }, of.listener);
}

export const sorted = (rows: Iterable<Row>): readonly Row[] =>
  [...rows].sort((a, b) => (a.key < b.key ? -1 : 1));

/** Little variety, so that the same rows come up often. */
export const anyKey = fc.constantFrom("a", "b", "c", "__proto__");
const anyNote = fc
  .tuple(anyKey, fc.constantFrom(null, 1, 2, 30), fc.constantFrom("page", "post"))
  .map(([key, size, kind]) => note(key, size, kind));
const anyVersion = fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined, freq: 2 });
export const anyEntry: fc.Arbitrary<Entry> = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(anyNote, anyVersion).map(([row, version]) => put(row, version)) },
  { weight: 1, arbitrary: fc.tuple(anyKey, anyVersion).map(([key, version]) => remove(key, version)) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(anyKey, fc.constantFrom("x", "y"))
      .map(([key, to]): Entry => ({ type: "create", table: "link", row: { key, from: "a", to } })),
  },
);

/**
 * The rows of a table after all these entries, by the obvious reading of the rules: an entry counts if no entry for its
 * row before it had as high a version, and the last that counts is the state.
 */
export function naiveRows(entries: readonly Entry[], table: string): ReadonlyMap<string, Row> {
  const rows = new Map<string, Row>();
  entries.forEach((entry, place) => {
    const key = keyOf(entry);
    if (entry.table !== table) return;
    const earlier = entries.slice(0, place).filter((other) => other.table === table && keyOf(other) === key);
    const { version } = entry;
    if (version !== undefined && earlier.some((other) => (other.version ?? -1) >= version)) return;
    rows.delete(key);
    if (entry.type !== "delete") rows.set(key, entry.row);
  });
  return rows;
}

export const keyOf = (entry: Entry): string => (entry.type === "delete" ? entry.key : entry.row.key);
