import { compileIdentity } from "../identity.ts";
import type { Identity } from "../identity.ts";
import { NetChanges } from "../net-changes.ts";
import { noChanges } from "../operator.ts";
import type { Operator, Rows } from "../operator.ts";
import { RowHeap } from "../row-heap.ts";
import type { Changes, Row } from "../row.ts";

/** One row for each distinct list of values. Holds all rows; costs two look-ups a change. */
export function distinct(by: readonly string[]): Operator {
  return new Distinct(compileIdentity(by));
}

/** The rows that stood for others before a step, by what they have in common, where another row does or may now. */
type Former = Map<Identity, Row | undefined>;

class Distinct implements Operator {
  readonly #identify: (row: Row) => Identity;
  /** The rows with each list of values by key; what is the only one stands for itself. */
  readonly #alike = new Map<Identity, Row | RowHeap>();
  #size = 0;

  constructor(identify: (row: Row) => Identity) {
    this.#identify = identify;
  }

  load([rows = []]: readonly Rows[]): void {
    this.#alike.clear();
    this.#size = 0;
    const nothing: Former = new Map();
    for (const row of rows) this.#put(this.#identify(row), row, nothing);
  }

  apply([changes = noChanges]: readonly Changes[]): Changes {
    const leastBefore: Former = new Map();
    for (const { before, after } of changes) {
      const from = before === undefined ? undefined : this.#identify(before);
      const to = after === undefined ? undefined : this.#identify(after);
      if (from === to && from !== undefined && after !== undefined) this.#replace(from, after, leastBefore);
      else {
        if (from !== undefined && before !== undefined) this.#remove(from, before, leastBefore);
        if (to !== undefined && after !== undefined) this.#put(to, after, leastBefore);
      }
    }
    return this.#tell(leastBefore);
  }

  *rows(): Iterable<Row> {
    for (const alike of this.#alike.values()) {
      const least = leastOf(alike);
      if (least !== undefined) yield least;
    }
  }

  held(): number {
    return this.#size;
  }

  loaded(): number {
    return this.#size;
  }

  /** The rows that stand for others now, against those that did. All that go leave before any that come. */
  #tell(leastBefore: Former): Changes {
    if (leastBefore.size === 0) return noChanges;
    const net = new NetChanges();
    for (const before of leastBefore.values()) if (before !== undefined) net.leave(before);
    for (const identity of leastBefore.keys()) {
      const after = leastOf(this.#alike.get(identity));
      if (after !== undefined) net.enter(after);
    }
    return net.total();
  }

  #put(identity: Identity, row: Row, leastBefore: Former): void {
    this.#size++;
    const alike = this.#alike.get(identity);
    const least = leastOf(alike);
    if (alike === undefined) this.#alike.set(identity, row);
    else if (alike instanceof RowHeap) alike.put(row);
    else this.#alike.set(identity, heapOf(alike, row));
    if (least === undefined || row.key < least.key) note(leastBefore, identity, least);
  }

  #remove(identity: Identity, row: Row, leastBefore: Former): void {
    this.#size--;
    const alike = this.#alike.get(identity);
    const least = leastOf(alike);
    if (alike instanceof RowHeap && alike.size > 1) alike.remove(row.key);
    else this.#alike.delete(identity);
    if (least?.key === row.key) note(leastBefore, identity, least);
  }

  #replace(identity: Identity, row: Row, leastBefore: Former): void {
    const alike = this.#alike.get(identity);
    const least = leastOf(alike);
    if (alike instanceof RowHeap) alike.put(row);
    else this.#alike.set(identity, row);
    if (least?.key === row.key) note(leastBefore, identity, least);
  }
}

/** Remembers which row stood for others before the step. */
function note(leastBefore: Former, identity: Identity, least: Row | undefined): void {
  if (!leastBefore.has(identity)) leastBefore.set(identity, least);
}

function leastOf(alike: Row | RowHeap | undefined): Row | undefined {
  return alike instanceof RowHeap ? alike.least : alike;
}

function heapOf(...rows: readonly Row[]): RowHeap {
  const heap = new RowHeap();
  for (const row of rows) heap.put(row);
  return heap;
}
