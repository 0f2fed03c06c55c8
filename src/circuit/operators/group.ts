import { openAccumulator } from "../accumulator.ts";
import type { Accumulator } from "../accumulator.ts";
import { readColumn } from "../column.ts";
import type { Reader } from "../column.ts";
import type { NewRow } from "../copy-row.ts";
import { isEqual } from "../equal.ts";
import { compileIdentity, keyOfValues, representative } from "../identity.ts";
import type { Identity } from "../identity.ts";
import { noChanges } from "../operator.ts";
import type { Operator, Rows } from "../operator.ts";
import type { Aggregate, Plan } from "../plan.ts";
import type { Change, Changes, Row, Value } from "../row.ts";

/** One row for each distinct list of values. Holds the groups, and for `min` and `max` all values; costs two aggregates a change. */
export function group({ by, aggregates }: Extract<Plan, { type: "group" }>): Operator {
  return new Group(by, Object.entries(aggregates));
}

/** Rows that are one in the columns grouped by. */
type Members = {
  readonly identity: Identity;
  readonly key: string;
  readonly values: { readonly [column: string]: Value };
  readonly accumulators: readonly Accumulator[];
  count: number;
  /** What is known of the group by those who depend on it, `undefined` before they know of it. */
  told: Row | undefined;
  /** Whether it has to be told in this step. */
  touched: boolean;
};

class Group implements Operator {
  readonly #by: readonly string[];
  readonly #identify: (row: Row) => Identity;
  readonly #aggregates: readonly (readonly [string, Aggregate])[];
  /** Of the aggregates that read a column, in the order of a group's accumulators. */
  readonly #readers: readonly Reader[];
  readonly #groups = new Map<Identity, Members>();
  /** The rows of all groups. */
  #size = 0;

  constructor(by: readonly string[], aggregates: readonly (readonly [string, Aggregate])[]) {
    this.#by = by;
    this.#identify = compileIdentity(by);
    this.#aggregates = aggregates;
    this.#readers = aggregates.flatMap(([, of]) => (of.type === "count" ? [] : [readColumn(of.column)]));
  }

  load([rows = []]: readonly Rows[]): void {
    this.#groups.clear();
    this.#size = 0;
    const touched: Members[] = [];
    for (const row of rows) this.#add(row, touched);
    this.#tell(touched);
  }

  apply([changes = noChanges]: readonly Changes[]): Changes {
    const touched: Members[] = [];
    for (const { before, after } of changes) {
      if (before !== undefined) this.#remove(before, touched);
      if (after !== undefined) this.#add(after, touched);
    }
    return this.#tell(touched);
  }

  *rows(): Iterable<Row> {
    for (const { told } of this.#groups.values()) if (told !== undefined) yield told;
  }

  held(): number {
    let held = this.#groups.size;
    for (const { accumulators } of this.#groups.values()) {
      for (const accumulator of accumulators) held += accumulator.held();
    }
    return held;
  }

  loaded(): number {
    return this.#size;
  }

  #add(row: Row, touched: Members[]): void {
    const identity = this.#identify(row);
    let members = this.#groups.get(identity);
    if (members === undefined) {
      members = this.#open(identity, row);
      this.#groups.set(identity, members);
    }
    touch(members, touched);
    members.count++;
    this.#size++;
    for (let at = 0; at < this.#readers.length; at++) {
      const value = this.#readers[at]?.(row) ?? null;
      if (value !== null) members.accumulators[at]?.add(value);
    }
  }

  #remove(row: Row, touched: Members[]): void {
    const members = this.#groups.get(this.#identify(row));
    if (members === undefined) return;
    touch(members, touched);
    members.count--;
    this.#size--;
    for (let at = 0; at < this.#readers.length; at++) {
      const value = this.#readers[at]?.(row) ?? null;
      if (value !== null) members.accumulators[at]?.remove(value);
    }
  }

  #open(identity: Identity, row: Row): Members {
    const values = this.#by.map((column) => representative(readColumn(column)(row)));
    return {
      identity,
      key: keyOfValues(values),
      values: Object.fromEntries(this.#by.map((column, at) => [column, values[at] ?? null])),
      accumulators: this.#aggregates.flatMap(([, { type }]) =>
        type === "count" ? [] : [openAccumulator(type)],
      ),
      count: 0,
      told: undefined,
      touched: false,
    };
  }

  /** Tells what became of the groups touched; those without members go. */
  #tell(touched: readonly Members[]): Changes {
    const changes: Change[] = [];
    for (const members of touched) {
      const before = members.told;
      const after = members.count === 0 ? undefined : this.#rowOf(members);
      members.touched = false;
      members.told = after;
      if (after === undefined) this.#groups.delete(members.identity);
      if (!isEqual(before, after)) changes.push({ key: members.key, before, after });
    }
    return changes;
  }

  #rowOf({ key, values, count, accumulators }: Members): Row {
    const row: NewRow = { key, ...values };
    let at = 0;
    for (const [name, { type }] of this.#aggregates) {
      row[name] = type === "count" ? count : (accumulators[at++]?.result() ?? null);
    }
    return row;
  }
}

function touch(members: Members, touched: Members[]): void {
  if (members.touched) return;
  members.touched = true;
  touched.push(members);
}
