import { compileIdentity } from "../identity.ts";
import type { Identity } from "../identity.ts";
import { NetChanges } from "../net-changes.ts";
import { noChanges } from "../operator.ts";
import type { Operator, Rows } from "../operator.ts";
import { compareKeys } from "../row-order.ts";
import type { Changes, Row } from "../row.ts";
import { SortedList } from "../sorted-list.ts";

/** One row for each distinct list of values. Holds all rows; costs two look-ups a change. */
export function distinct(by: readonly string[]): Operator {
  return new Distinct(compileIdentity(by));
}

class Distinct implements Operator {
  readonly #identify: (row: Row) => Identity;
  /** The rows with each list of values by key; what is the only one stands for itself. */
  readonly #alike = new Map<Identity, Row | SortedList<Row>>();
  #size = 0;

  constructor(identify: (row: Row) => Identity) {
    this.#identify = identify;
  }

  load([rows = []]: readonly Rows[]): void {
    this.#alike.clear();
    this.#size = 0;
    for (const row of rows) this.#put(this.#identify(row), row);
  }

  apply([changes = noChanges]: readonly Changes[]): Changes {
    const leastBefore = new Map<Identity, Row | undefined>();
    for (const { before, after } of changes) {
      if (before !== undefined) this.#remove(this.#note(before, leastBefore), before);
      if (after !== undefined) this.#put(this.#note(after, leastBefore), after);
    }
    const net = new NetChanges();
    for (const before of leastBefore.values()) if (before !== undefined) net.leave(before);
    for (const identity of leastBefore.keys()) {
      const after = leastOf(this.#alike.get(identity));
      if (after !== undefined) net.enter(after);
    }
    return net.total();
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

  /** Remembers which row stood for those like this one before the step. */
  #note(row: Row, leastBefore: Map<Identity, Row | undefined>): Identity {
    const identity = this.#identify(row);
    if (!leastBefore.has(identity)) leastBefore.set(identity, leastOf(this.#alike.get(identity)));
    return identity;
  }

  #put(identity: Identity, row: Row): void {
    this.#size++;
    const alike = this.#alike.get(identity);
    if (alike === undefined) this.#alike.set(identity, row);
    else if (alike instanceof SortedList) alike.add(row);
    else this.#alike.set(identity, new SortedList(compareKeys, [alike, row]));
  }

  #remove(identity: Identity, row: Row): void {
    this.#size--;
    const alike = this.#alike.get(identity);
    if (alike instanceof SortedList && alike.size > 1) alike.remove(row);
    else this.#alike.delete(identity);
  }
}

function leastOf(alike: Row | SortedList<Row> | undefined): Row | undefined {
  return alike instanceof SortedList ? alike.first : alike;
}
