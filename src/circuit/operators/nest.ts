import { copyRow } from "../copy-row.ts";
import { isEqual } from "../equal.ts";
import { compileMatch } from "../identity.ts";
import type { Identity } from "../identity.ts";
import { noChanges } from "../operator.ts";
import type { Operator, Rows } from "../operator.ts";
import type { Nest } from "../plan.ts";
import { RowIndex } from "../row-index.ts";
import { compileOrder } from "../ordering.ts";
import type { Ordering } from "../ordering.ts";
import type { Change, Changes, Row } from "../row.ts";
import { SortedList } from "../sorted-list.ts";

/**
 * Each row with the list of its children. Holds all rows of both inputs; costs the lists that a change touches, with as many
 * children as they show, and the rows that show them.
 */
export function nest(plan: Nest): Operator {
  return new NestOperator(plan);
}

/** All children with one list of values, and those of them that are shown. */
type Children = { readonly all: SortedList<Row>; shown: readonly Row[] };
/** The lists that were shown before a step, of those that it changed. */
type Former = Map<Identity, readonly Row[]>;

const childless: readonly Row[] = [];

class NestOperator implements Operator {
  readonly #as: string;
  readonly #limit: number;
  readonly #order: Ordering<Row>;
  readonly #matchParent: (row: Row) => Identity;
  readonly #matchChild: (row: Row) => Identity;
  readonly #parents = new RowIndex();
  readonly #children = new Map<Identity, Children>();
  #childCount = 0;

  constructor({ as, limit, order, on }: Nest) {
    this.#as = as;
    this.#limit = limit ?? Infinity;
    this.#order = compileOrder(order);
    this.#matchParent = compileMatch(on.map(([column]) => column));
    this.#matchChild = compileMatch(on.map(([, column]) => column));
  }

  load([parents = [], children = []]: readonly Rows[]): void {
    this.#parents.clear();
    this.#children.clear();
    this.#childCount = 0;
    const touched: Former = new Map();
    for (const row of children) this.#addChild(row, touched);
    this.#show(touched);
    for (const row of parents) this.#parents.put(this.#matchParent(row), row);
  }

  apply([parents = noChanges, children = noChanges]: readonly Changes[]): Changes {
    const former: Former = new Map();
    for (const { before, after } of children) {
      if (before !== undefined) this.#removeChild(before, former);
      if (after !== undefined) this.#addChild(after, former);
    }
    this.#show(former);
    const told = parents.map((change) => this.#changeParent(change, former));
    return [
      ...told.filter(({ before, after }) => !isEqual(before, after)),
      ...this.#tellOthers(parents, former),
    ];
  }

  *rows(): Iterable<Row> {
    for (const row of this.#parents) yield this.#withList(row, this.#shownTo(row));
  }

  held(): number {
    return this.#parents.size + this.#childCount;
  }

  loaded(): number {
    return this.held();
  }

  #addChild(row: Row, former: Former): void {
    const identity = this.#matchChild(row);
    if (identity === null) return;
    this.#childCount++;
    let children = this.#children.get(identity);
    if (children === undefined) {
      children = { all: new SortedList(this.#order), shown: childless };
      this.#children.set(identity, children);
    }
    if (!former.has(identity)) former.set(identity, children.shown);
    children.all.add(row);
  }

  #removeChild(row: Row, former: Former): void {
    const identity = this.#matchChild(row);
    const children = this.#children.get(identity);
    if (children === undefined) return;
    this.#childCount--;
    if (!former.has(identity)) former.set(identity, children.shown);
    children.all.remove(row);
  }

  /** Brings the lists touched up to date, and forgets those that show what they showed. */
  #show(former: Former): void {
    for (const [identity, before] of former) {
      const children = this.#children.get(identity);
      if (children === undefined) continue;
      const shown = children.all.head(this.#limit);
      if (children.all.size === 0) this.#children.delete(identity);
      if (isEqual(before, shown)) former.delete(identity);
      else children.shown = shown;
    }
  }

  #changeParent({ key, before, after }: Change, former: Former): Change {
    const was = before === undefined ? undefined : this.#withList(before, this.#shownBefore(before, former));
    const is = after === undefined ? undefined : this.#withList(after, this.#shownTo(after));
    if (before !== undefined) this.#parents.remove(this.#matchParent(before), key);
    if (after !== undefined) this.#parents.put(this.#matchParent(after), after);
    return { key, before: was, after: is };
  }

  /** The changes of rows that are as they were, but for their list. */
  *#tellOthers(told: Changes, former: Former): Iterable<Change> {
    if (former.size === 0) return;
    const changed = new Set(told.map(({ key }) => key));
    for (const [identity, list] of former) {
      for (const row of this.#parents.at(identity)) {
        if (changed.has(row.key)) continue;
        const after = this.#withList(row, this.#shownTo(row));
        yield { key: row.key, before: this.#withList(row, list), after };
      }
    }
  }

  #shownTo(row: Row): readonly Row[] {
    return this.#children.get(this.#matchParent(row))?.shown ?? childless;
  }

  #shownBefore(row: Row, former: Former): readonly Row[] {
    return former.get(this.#matchParent(row)) ?? this.#shownTo(row);
  }

  #withList(row: Row, list: readonly Row[]): Row {
    const copy = copyRow(row.key, row);
    copy[this.#as] = list;
    return copy;
  }
}
