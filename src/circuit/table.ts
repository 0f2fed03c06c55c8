import type { Entry } from "./entry.ts";
import { Pending } from "./pending.ts";
import type { Row } from "./row.ts";
import type { TableSchema } from "./schema.ts";

/** How many versions of deleted rows a table remembers when nothing else is said. */
const rememberedDeletes = 100_000;

/**
 * The rows of one table, with the version of each row that came with one. A delete that has a version is remembered,
 * so that what comes after it with a lower one stays deleted; of more than `remembered` deletes the oldest is forgotten.
 */
export class Table {
  readonly #rows = new Map<string, Row>();
  readonly #numbers: readonly string[];
  readonly #remembered: number;
  readonly #versions = new Map<string, number>();
  readonly #deleted = new Map<string, number>();
  readonly #pending: Pending[] = [];

  constructor(schema: TableSchema, remembered = rememberedDeletes) {
    this.#numbers = Object.keys(schema).filter((name) => schema[name]?.type === "number");
    this.#remembered = remembered;
  }

  get rows(): ReadonlyMap<string, Row> {
    return this.#rows;
  }

  /** What changes from now on, for one who asks for it now and then. */
  track(): Pending {
    const pending = new Pending(this.#rows);
    this.#pending.push(pending);
    return pending;
  }

  /** Carries out an entry for this table, if it counts. Cost: O(1). */
  apply(entry: Entry): void {
    const { version } = entry;
    const key = entry.type === "delete" ? entry.key : entry.row.key;
    if (version !== undefined && !this.#admits(key, version)) return;
    const before = this.#rows.get(key);
    for (const pending of this.#pending) pending.touch(key, before);
    if (entry.type === "delete") this.#remove(key, version);
    else this.#put(entry.row, version);
  }

  /** Removes all rows, and forgets all versions. */
  clear(): void {
    for (const [key, row] of this.#rows) for (const pending of this.#pending) pending.touch(key, row);
    this.#rows.clear();
    this.#versions.clear();
    this.#deleted.clear();
  }

  save(): SavedTable {
    return { rows: [...this.#rows.values()], versions: [...this.#versions], deleted: [...this.#deleted] };
  }

  /** Takes what `save` gave, before anyone tracks this table. */
  restore({ rows, versions, deleted }: SavedTable): void {
    for (const row of rows) this.#rows.set(row.key, row);
    for (const [key, version] of versions) this.#versions.set(key, version);
    for (const [key, version] of deleted) this.#deleted.set(key, version);
  }

  #admits(key: string, version: number): boolean {
    const held = this.#versions.get(key) ?? this.#deleted.get(key);
    return held === undefined || version > held;
  }

  #put(row: Row, version: number | undefined): void {
    this.#rows.set(row.key, this.#withOneZero(row));
    const kept = version ?? (this.#deleted.size > 0 ? this.#deleted.get(row.key) : undefined);
    if (kept === undefined) return;
    this.#deleted.delete(row.key);
    this.#versions.set(row.key, kept);
  }

  #remove(key: string, version: number | undefined): void {
    this.#rows.delete(key);
    const kept = version ?? (this.#versions.size > 0 ? this.#versions.get(key) : undefined);
    if (kept === undefined) return;
    this.#versions.delete(key);
    // Anew, at the end: the oldest are at the front.
    this.#deleted.delete(key);
    this.#deleted.set(key, kept);
    if (this.#deleted.size > this.#remembered) this.#forgetOldest();
  }

  /** The row without a negative zero, which equals zero and would divide otherwise. */
  #withOneZero(row: Row): Row {
    for (const name of this.#numbers)
      if (Object.is(row[name], -0)) return this.#withOneZero({ ...row, [name]: 0 });
    return row;
  }

  #forgetOldest(): void {
    for (const key of this.#deleted.keys()) {
      this.#deleted.delete(key);
      return;
    }
  }
}

/** A table as plain data. */
export type SavedTable = {
  readonly rows: readonly Row[];
  /** Of the rows that have one. */
  readonly versions: readonly (readonly [key: string, version: number])[];
  /** Of deleted rows, the oldest delete first. */
  readonly deleted: readonly (readonly [key: string, version: number])[];
};
