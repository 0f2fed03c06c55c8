import { NetChanges } from "../net-changes.ts";
import { noChanges } from "../operator.ts";
import type { Operator, Rows } from "../operator.ts";
import type { Order, Plan } from "../plan.ts";
import { compileOrder } from "../ordering.ts";
import type { Ordering } from "../ordering.ts";
import type { Changes, Row } from "../row.ts";
import { SortedList } from "../sorted-list.ts";

/**
 * Some rows of an order. Holds all rows in three lists: those before the window, in it and after it; a change puts a row
 * into one of them and moves at most one row over each border. So no ranks are counted, and the cost does not depend on the
 * size of the window or on where it lies.
 */
export function window({ order, offset, limit }: Extract<Plan, { type: "window" }>): Operator {
  return new Window(order, offset, limit ?? Infinity);
}

class Window implements Operator {
  readonly #order: Ordering<Row>;
  readonly #offset: number;
  readonly #limit: number;
  #before: SortedList<Row>;
  #inside: SortedList<Row>;
  #after: SortedList<Row>;

  constructor(order: Order, offset: number, limit: number) {
    this.#order = compileOrder(order);
    this.#offset = offset;
    this.#limit = limit;
    this.#before = this.#inside = this.#after = new SortedList(this.#order);
  }

  load([rows = []]: readonly Rows[]): void {
    const sorted = [...rows].toSorted(this.#order.compare);
    const end = this.#offset + this.#limit;
    this.#before = new SortedList(this.#order, sorted.slice(0, this.#offset));
    this.#inside = new SortedList(this.#order, sorted.slice(this.#offset, end));
    this.#after = new SortedList(this.#order, sorted.slice(end));
  }

  apply([changes = noChanges]: readonly Changes[]): Changes {
    const net = new NetChanges();
    for (const { before, after } of changes) {
      if (before !== undefined && after !== undefined && this.#order.compare(before, after) === 0) {
        this.#replace(after, net);
      } else {
        if (before !== undefined) this.#remove(before, net);
        if (after !== undefined) this.#add(after, net);
      }
    }
    this.#balance(net);
    return net.total();
  }

  rows(): Iterable<Row> {
    return this.#inside;
  }

  held(): number {
    return this.#before.size + this.#inside.size + this.#after.size;
  }

  loaded(): number {
    return this.held();
  }

  #replace(row: Row, net: NetChanges): void {
    const list = this.#listOf(row);
    const replaced = list.replace(row);
    if (list !== this.#inside || replaced === undefined) return;
    net.leave(replaced);
    net.enter(row);
  }

  #remove(row: Row, net: NetChanges): void {
    const list = this.#listOf(row);
    const removed = list.remove(row);
    if (list === this.#inside && removed !== undefined) net.leave(removed);
  }

  #add(row: Row, net: NetChanges): void {
    const list = this.#listOf(row);
    list.add(row);
    if (list === this.#inside) net.enter(row);
  }

  /** The list that a row belongs to by its place among the others; where it fits two of them, the one in the window. */
  #listOf(row: Row): SortedList<Row> {
    const { last: lastBefore } = this.#before;
    if (lastBefore !== undefined && this.#order.compare(row, lastBefore) <= 0) return this.#before;
    const { first: firstAfter } = this.#after;
    if (firstAfter !== undefined && this.#order.compare(row, firstAfter) >= 0) return this.#after;
    return this.#inside;
  }

  /** Moves rows over the borders until each list has its size. */
  #balance(net: NetChanges): void {
    while (this.#before.size > this.#offset) this.#takeIn(this.#before.takeLast(), net);
    while (this.#before.size < this.#offset && this.#inside.size + this.#after.size > 0) {
      const next =
        this.#inside.size > 0 ? this.#takeOut(this.#inside.takeFirst(), net) : this.#after.takeFirst();
      if (next !== undefined) this.#before.add(next);
    }
    while (this.#inside.size > this.#limit) {
      const last = this.#takeOut(this.#inside.takeLast(), net);
      if (last !== undefined) this.#after.add(last);
    }
    while (this.#inside.size < this.#limit && this.#after.size > 0) {
      this.#takeIn(this.#after.takeFirst(), net);
    }
  }

  #takeIn(row: Row | undefined, net: NetChanges): void {
    if (row === undefined) return;
    this.#inside.add(row);
    net.enter(row);
  }

  #takeOut(row: Row | undefined, net: NetChanges): Row | undefined {
    if (row !== undefined) net.leave(row);
    return row;
  }
}
