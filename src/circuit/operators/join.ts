import { compileMatch } from "../identity.ts";
import type { Identity } from "../identity.ts";
import { NetChanges } from "../net-changes.ts";
import { noChanges } from "../operator.ts";
import type { Operator, Rows } from "../operator.ts";
import { RowIndex } from "../row-index.ts";
import type { Change, Changes, Row } from "../row.ts";
import { compileJoinRows } from "./join-rows.ts";
import type { JoinRows } from "./join-rows.ts";
import type { Join } from "../plan.ts";

/**
 * The rows that pairs of two inputs make. Holds all rows of both; costs what the partners of a changed row are in number.
 * A step takes the changes of the left side against the right side as it was, and then those of the right against the left as it is.
 */
export function join(plan: Join): Operator {
  return new JoinOperator(plan);
}

class JoinOperator implements Operator {
  readonly #make: JoinRows;
  readonly #matchLeft: (row: Row) => Identity;
  readonly #matchRight: (row: Row) => Identity;
  readonly #left = new RowIndex();
  readonly #right = new RowIndex();

  constructor(plan: Join) {
    this.#make = compileJoinRows(plan);
    this.#matchLeft = compileMatch(plan.on.map(([column]) => column));
    this.#matchRight = compileMatch(plan.on.map(([, column]) => column));
  }

  load([left = [], right = []]: readonly Rows[]): void {
    this.#left.clear();
    this.#right.clear();
    for (const row of left) this.#left.put(this.#matchLeft(row), row);
    for (const row of right) this.#right.put(this.#matchRight(row), row);
  }

  apply([left = noChanges, right = noChanges]: readonly Changes[]): Changes {
    const net = new NetChanges();
    for (const change of left) this.#changeLeft(change, net);
    for (const change of right) this.#changeRight(change, net);
    return net.total();
  }

  *rows(): Iterable<Row> {
    for (const row of this.#left) yield* this.#rowsOfLeft(row, this.#matchLeft(row));
  }

  held(): number {
    return this.#left.size + this.#right.size;
  }

  #changeLeft({ before, after }: Change, net: NetChanges): void {
    if (before !== undefined) {
      const identity = this.#matchLeft(before);
      for (const row of this.#rowsOfLeft(before, identity)) net.leave(row);
      this.#left.remove(identity, before.key);
    }
    if (after !== undefined) {
      const identity = this.#matchLeft(after);
      for (const row of this.#rowsOfLeft(after, identity)) net.enter(row);
      this.#left.put(identity, after);
    }
  }

  #changeRight({ before, after }: Change, net: NetChanges): void {
    if (before !== undefined) this.#removeRight(before, net);
    if (after !== undefined) this.#addRight(after, net);
  }

  #removeRight(right: Row, net: NetChanges): void {
    const identity = this.#matchRight(right);
    this.#right.remove(identity, right.key);
    const wasLast = !this.#right.has(identity);
    for (const left of this.#left.at(identity)) {
      leave(this.#make.pair(left, right), net);
      if (!wasLast) continue;
      leave(this.#make.met(left), net);
      enter(this.#make.alone(left), net);
    }
  }

  #addRight(right: Row, net: NetChanges): void {
    const identity = this.#matchRight(right);
    const isFirst = !this.#right.has(identity);
    this.#right.put(identity, right);
    for (const left of this.#left.at(identity)) {
      if (isFirst) leave(this.#make.alone(left), net);
      if (isFirst) enter(this.#make.met(left), net);
      enter(this.#make.pair(left, right), net);
    }
  }

  /** What a left row makes with the right rows that there are. */
  #rowsOfLeft(left: Row, identity: Identity): readonly Row[] {
    const single = this.#right.has(identity) ? this.#make.met(left) : this.#make.alone(left);
    const made = single === undefined ? [] : [single];
    for (const right of this.#right.at(identity)) {
      const pair = this.#make.pair(left, right);
      if (pair !== undefined) made.push(pair);
    }
    return made;
  }
}

function enter(row: Row | undefined, net: NetChanges): void {
  if (row !== undefined) net.enter(row);
}

function leave(row: Row | undefined, net: NetChanges): void {
  if (row !== undefined) net.leave(row);
}
