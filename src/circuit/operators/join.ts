import { compileMatch } from "../identity.ts";
import type { Identity } from "../identity.ts";
import { ChangeList, NetChanges } from "../net-changes.ts";
import type { Sink } from "../net-changes.ts";
import { noChanges } from "../operator.ts";
import type { Operator, Rows } from "../operator.ts";
import { RowIndex } from "../row-index.ts";
import type { Change, Changes, Row } from "../row.ts";
import { compileJoinRows, pairKey } from "./join-rows.ts";
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
    if (right.length === 0) {
      // Of one left row and several right ones no key is made twice.
      const list = new ChangeList();
      for (const change of left) this.#changeLeft(change, list);
      return list.changes;
    }
    const net = new NetChanges();
    for (const change of left) this.#changeLeft(change, net);
    for (const change of right) this.#changeRight(change, net);
    return net.total();
  }

  *rows(): Iterable<Row> {
    const { pair } = this.#make;
    for (const left of this.#left) {
      const identity = this.#matchLeft(left);
      const single = this.#single(left, identity);
      if (single !== undefined) yield single;
      if (pair === undefined) continue;
      for (const right of this.#right.at(identity)) yield pair(pairKey(left.key, right.key), left, right);
    }
  }

  held(): number {
    return this.#left.size + this.#right.size;
  }

  loaded(): number {
    return this.held();
  }

  #changeLeft({ before, after }: Change, sink: Sink): void {
    const from = before === undefined ? null : this.#matchLeft(before);
    const to = after === undefined ? null : this.#matchLeft(after);
    if (before !== undefined && (after === undefined || from !== to)) this.#left.remove(from, before.key);
    if (after !== undefined) this.#left.put(to, after);
    sink.replace(this.#single(before, from), this.#single(after, to));
    if (from === to) this.#replacePairs(from, before, after, sink);
    else {
      this.#replacePairs(from, before, undefined, sink);
      this.#replacePairs(to, undefined, after, sink);
    }
  }

  /** The row that a left row makes once, with partners or because it has none. */
  #single(left: Row | undefined, identity: Identity): Row | undefined {
    if (left === undefined) return undefined;
    return this.#right.has(identity) ? this.#make.met(left) : this.#make.alone(left);
  }

  #replacePairs(identity: Identity, before: Row | undefined, after: Row | undefined, sink: Sink): void {
    const { pair, showsAll } = this.#make;
    if (pair === undefined) return;
    const differ = before !== undefined && after !== undefined && showsAll(after) && showsAll(before);
    for (const right of this.#right.at(identity)) {
      const key = pairKey((after ?? before ?? right).key, right.key);
      if (differ) sink.tell(new PairChange(key, pair(key, after, right), () => pair(key, before, right)));
      else sink.replace(before && pair(key, before, right), after && pair(key, after, right));
    }
  }

  #changeRight({ before, after }: Change, net: NetChanges): void {
    if (before !== undefined) this.#removeRight(before, net);
    if (after !== undefined) this.#addRight(after, net);
  }

  #removeRight(right: Row, net: NetChanges): void {
    const { pair, met, alone } = this.#make;
    const identity = this.#matchRight(right);
    this.#right.remove(identity, right.key);
    const wasLast = !this.#right.has(identity);
    for (const left of this.#left.at(identity)) {
      if (pair !== undefined) net.leave(pair(pairKey(left.key, right.key), left, right));
      if (!wasLast) continue;
      net.replace(met(left), undefined);
      net.replace(undefined, alone(left));
    }
  }

  #addRight(right: Row, net: NetChanges): void {
    const { pair, met, alone } = this.#make;
    const identity = this.#matchRight(right);
    const isFirst = !this.#right.has(identity);
    this.#right.put(identity, right);
    for (const left of this.#left.at(identity)) {
      if (pair !== undefined) net.enter(pair(pairKey(left.key, right.key), left, right));
      if (!isFirst) continue;
      net.replace(alone(left), undefined);
      net.replace(undefined, met(left));
    }
  }
}

/** The change of a pair whose left row changed. Who does not ask what it was spares making that row: a view does not. */
class PairChange implements Change {
  readonly key: string;
  readonly after: Row;
  readonly #makeBefore: () => Row;

  constructor(key: string, after: Row, makeBefore: () => Row) {
    this.key = key;
    this.after = after;
    this.#makeBefore = makeBefore;
  }

  get before(): Row {
    return this.#makeBefore();
  }
}
