import { unreachable } from "../base/invariant.ts";
import { ExactSum } from "./exact-sum.ts";
import { representative } from "./identity.ts";
import { byValue } from "./ordering.ts";
import type { Aggregate } from "./plan.ts";
import type { Value } from "./row.ts";
import { SortedList } from "./sorted-list.ts";

/** Keeps one aggregate of the values of a column that come to a group and go from it; nulls are not given to it. */
export type Accumulator = {
  readonly add: (value: Value) => void;
  readonly remove: (value: Value) => void;
  /** Null when no value is left that it takes. */
  readonly result: () => Value;
  /** How many values it keeps one by one. */
  readonly held: () => number;
};

export function openAccumulator(type: Exclude<Aggregate["type"], "count">): Accumulator {
  switch (type) {
    case "sum":
      return new Sum((sum) => sum.round());
    case "avg":
      return new Sum((sum, count) => sum.roundQuotient(count));
    case "min":
      return new Extreme((values) => values.first);
    case "max":
      return new Extreme((values) => values.last);
    default:
      return unreachable(type);
  }
}

/** Takes numbers, and reads a result off their exact sum. */
class Sum implements Accumulator {
  readonly #read: (sum: ExactSum, count: number) => Value;
  readonly #sum = new ExactSum();
  #count = 0;

  constructor(read: (sum: ExactSum, count: number) => Value) {
    this.#read = read;
  }

  add(value: Value): void {
    if (typeof value !== "number") return;
    this.#count++;
    this.#sum.add(value);
  }

  remove(value: Value): void {
    if (typeof value !== "number") return;
    this.#count--;
    this.#sum.add(-value);
  }

  result(): Value {
    return this.#count === 0 ? null : this.#read(this.#sum, this.#count);
  }

  held(): number {
    return 0;
  }
}

/** Keeps all values in order, since the next extreme is wanted when one goes. */
class Extreme implements Accumulator {
  readonly #read: (values: SortedList<Value>) => Value | undefined;
  readonly #values = new SortedList(byValue);

  constructor(read: (values: SortedList<Value>) => Value | undefined) {
    this.#read = read;
  }

  add(value: Value): void {
    this.#values.add(value);
  }

  remove(value: Value): void {
    this.#values.remove(value);
  }

  result(): Value {
    return representative(this.#read(this.#values) ?? null);
  }

  held(): number {
    return this.#values.size;
  }
}
