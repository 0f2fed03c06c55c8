import type { Fault } from "../base/fault.ts";
import {
  missingColumn,
  unknownColumn,
  unknownTable,
  withoutKey,
  wrongType,
  wrongVersion,
} from "./circuit-faults.ts";
import type { Entry } from "./entry.ts";
import { isPlainData } from "./plain-data.ts";
import type { Column, Schema, TableSchema } from "./schema.ts";

type Held = { readonly [column: string]: unknown };

/** Tells what is wrong with entries, whatever they turn out to be. Cost: O(columns) each, and the size of JSON columns. */
export class EntryCheck {
  readonly #rows: ReadonlyMap<string, RowCheck>;

  constructor(schema: Schema) {
    this.#rows = new Map(Object.entries(schema).map(([name, table]) => [name, new RowCheck(name, table)]));
  }

  /** The first thing that is wrong with any of them. */
  fault(entries: readonly Entry[]): Fault | null {
    for (const entry of entries) {
      const fault = this.#entryFault(entry);
      if (fault !== null) return fault;
    }
    return null;
  }

  #entryFault(entry: Entry): Fault | null {
    const rows = this.#rows.get(entry.table);
    if (rows === undefined) return unknownTable(entry.table, [...this.#rows.keys()]);
    const key: unknown = entry.type === "delete" ? entry.key : entry.row?.key;
    if (typeof key !== "string") return withoutKey(entry.table);
    const { version } = entry;
    if (version !== undefined && !Number.isFinite(version)) return wrongVersion(entry.table, key, version);
    return entry.type === "delete" ? null : rows.fault(entry.row, key);
  }
}

/** Holds rows to the schema of one table. */
class RowCheck {
  readonly #table: string;
  readonly #names: readonly string[];
  readonly #columns: readonly Column[];
  readonly #known: ReadonlySet<string>;

  constructor(table: string, schema: TableSchema) {
    this.#table = table;
    this.#names = Object.keys(schema);
    this.#columns = Object.values(schema);
    this.#known = new Set(["key", ...this.#names]);
  }

  fault(row: Held, key: string): Fault | null {
    const names = this.#names;
    for (let i = 0; i < names.length; i++) {
      const [name, column] = [names[i], this.#columns[i]];
      if (name === undefined || column === undefined) break;
      const value = row[name];
      if (!fits(value, column)) return this.#misfit(row, key, name);
    }
    // As many columns as there should be, all of which are there: no other.
    return Object.keys(row).length === names.length + 1 ? null : this.#strange(row, key);
  }

  #misfit(row: Held, key: string, name: string): Fault {
    const column = this.#columns[this.#names.indexOf(name)];
    if (!Object.hasOwn(row, name) || row[name] === undefined || column === undefined)
      return missingColumn(this.#table, key, name);
    return wrongType({ table: this.#table, key, column: name }, wanted(column), row[name]);
  }

  /** A column of another object's, seen through the prototype, is missing; any other is unknown. */
  #strange(row: Held, key: string): Fault | null {
    const unknown = Object.keys(row).find((name) => !this.#known.has(name));
    if (unknown !== undefined) return unknownColumn(this.#table, key, unknown);
    const missing = [...this.#known].find((name) => !Object.hasOwn(row, name));
    return missing === undefined ? null : missingColumn(this.#table, key, missing);
  }
}

/** Whether a column may hold a value. */
export function fits(value: unknown, { type, nullable }: Column): boolean {
  if (value === null) return nullable;
  switch (type) {
    case "text":
      return typeof value === "string";
    case "number":
      return typeof value === "number" && Number.isFinite(value);
    case "boolean":
      return typeof value === "boolean";
    case "json":
      return isPlainData(value);
  }
}

const names = {
  text: "a text",
  number: "a finite number",
  boolean: "true or false",
  json: "plain data: lists, objects, texts, finite numbers, true, false and null",
} as const;

const wanted = ({ type, nullable }: Column) => (nullable ? `${names[type]}, or null` : names[type]);
