import fc from "fast-check";
import type { Entry } from "../entry.ts";
import { parameterNames, sketches, tableColumns, values } from "../random-plan.test-kit.ts";
import type { Write } from "../random-stream.test-kit.ts";
import { rowText, type Tables } from "../recomputation.test-kit.ts";
import type { Row } from "../row.ts";
import { json, nullable, type Schema } from "../schema.ts";
import type { Frequency, ViewDefinition, ViewDelta } from "../view.ts";
import type { Gate } from "./gate.ts";
import { InProcessReplica, type InProcessOptions } from "./in-process-port.test-kit.ts";
import { ParallelCircuit, type ParallelOptions } from "./parallel-circuit.ts";

const table = Object.fromEntries(tableColumns.map((name) => [name, nullable(json)]));
/** The tables of random plans. */
export const schema: Schema = { t: table, u: table };

export function entryOf({ table: name, key, columns }: Write): Entry {
  if (columns === null) return { type: "delete", table: name, key };
  const row = Object.fromEntries(tableColumns.map((column) => [column, valueIn(columns, column)]));
  return { type: "update", table: name, row: { ...row, key } };
}

const valueIn = (columns: NonNullable<Write["columns"]>, name: string) =>
  Object.hasOwn(columns, name) ? (columns[name] ?? null) : null;

/** Who applies what is told. */
export class Told {
  readonly rows = new Map<string, Row>();

  readonly hear = ({ reset, upserts, removals }: ViewDelta): void => {
    if (reset) this.rows.clear();
    for (const key of removals)
      if (!this.rows.delete(key)) throw new Error(`${key} is removed, which was not there`);
    for (const row of upserts) this.rows.set(row.key, row);
  };

  get texts(): readonly string[] {
    return [...this.rows.values()].map(rowText).toSorted();
  }
}

/** Entries carried out on plain maps. */
export class PlainTables {
  readonly #tables = new Map([
    ["t", new Map<string, Row>()],
    ["u", new Map<string, Row>()],
  ]);

  take(entries: readonly Entry[]): void {
    for (const entry of entries) {
      const rows = this.#tables.get(entry.table)!;
      if (entry.type === "delete") rows.delete(entry.key);
      else rows.set(entry.row.key, entry.row);
    }
  }

  clear(name: string): void {
    this.#tables.get(name)!.clear();
  }

  get all(): Tables {
    return Object.fromEntries([...this.#tables].map(([name, rows]) => [name, [...rows.values()]]));
  }
}

const given = fc.record(Object.fromEntries(parameterNames.map((name) => [name, values])));

/** Random plans, at one of these frequencies. */
export function definitions(frequencies: readonly Frequency[]): fc.Arbitrary<ViewDefinition> {
  return fc
    .tuple(sketches(3), given, fc.constantFrom(...frequencies))
    .map(([{ plan }, parameters, frequency]) => ({ plan, parameters, frequency }));
}

/** A gate that puts the views where it is told, in turn. */
export class MovedGate implements Gate {
  readonly leastMs = 0;
  places: readonly number[] = [0];

  readonly decide: Gate["decide"] = ({ views }, state) => {
    const wanted = views.map(({ name }, n) => [name, this.places[n % this.places.length] ?? 0] as const);
    if (wanted.every(([name, place]) => (state.places.get(name) ?? 0) === place)) return state;
    return { places: new Map(wanted.filter(([, place]) => place > 0)), patience: 0 };
  };
}

/** A parallel circuit with replicas in this thread, the n-th started as the n-th of the options say. */
export function openParallel(replicas: readonly InProcessOptions[], options: Partial<ParallelOptions> = {}) {
  const started: InProcessReplica[] = [];
  const gate = new MovedGate();
  const startReplica = () => {
    const replica = new InProcessReplica(replicas[started.length]);
    started.push(replica);
    return replica.port;
  };
  const circuit = new ParallelCircuit({ schema, clock: ticking(), gate, cores: 4, startReplica, ...options });
  return { circuit, gate, started };
}

/** Ascends by a millisecond each time that it is asked. */
export function ticking(): () => number {
  let time = 0;
  return () => time++;
}
