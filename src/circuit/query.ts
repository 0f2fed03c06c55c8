import { invariant } from "../base/invariant.ts";
import type { Aggregate, Join, Order, Plan } from "./plan.ts";
import { Term } from "./term.ts";

/** A row as its users know it: its key, and columns of types of their own. */
type Keyed = { readonly key: string };
type Column<R> = keyof R & string;
/** Columns that a step makes: all but the key, which every row has of itself. */
type Unkeyed = { readonly key?: never };
type Resolved<T> = { readonly [name in keyof T]: T[name] };

/** The columns of a row as terms. */
export type Terms<R> = {
  readonly [name in Column<R>]-?: Term<undefined extends R[name] ? NonNullable<R[name]> | null : R[name]>;
};
/** Columns of the left that equal columns of the right. */
export type On<L, R> = { readonly [name in Column<L>]?: Column<R> };
/** A column to order by, ascending unless it is said. */
export type By<R> = Column<R> | readonly [column: Column<R>, direction: "ascending" | "descending"];
/** The row that a query gives. */
export type RowOf<Q> = Q extends Query<infer R> ? R : never;

type Taken<R, T extends { readonly [name: string]: Column<R> }> = { readonly [name in keyof T]: R[T[name]] };
type Nullable<T> = { readonly [name in keyof T]: T[name] | null };
type Selected<S> = { readonly [name in keyof S]: S[name] extends Term<infer V> ? V : never };

/** An aggregate, and the type of its result. */
export type AggregateOf<V> = { readonly aggregate: Aggregate; readonly result?: V };
type Aggregated<A> = { readonly [name in keyof A]: A[name] extends AggregateOf<infer V> ? V : never };

/** The aggregates that a group can have; all but `count` are null where there is nothing to take. */
export type Aggregates<R> = {
  readonly count: () => AggregateOf<number>;
  readonly sum: (column: Column<R>) => AggregateOf<number | null>;
  readonly avg: (column: Column<R>) => AggregateOf<number | null>;
  readonly min: <C extends Column<R>>(column: C) => AggregateOf<NonNullable<R[C]> | null>;
  readonly max: <C extends Column<R>>(column: C) => AggregateOf<NonNullable<R[C]> | null>;
};

/** The rows of a table. */
export function from<R extends Keyed>(table: string): Query<R> {
  return new Query({ type: "scan", table });
}

/**
 * A plan that is written down as typed calls, and knows the type of its rows. Each call gives a new query; what the steps mean is
 * said at `Plan`. Nothing runs before the plan is given to a circuit.
 */
export class Query<R extends Keyed> {
  readonly plan: Plan;
  /** Never there: it keeps queries of different rows apart. */
  declare readonly row: R;

  constructor(plan: Plan) {
    this.plan = plan;
  }

  where(condition: (row: Terms<R>) => Term<boolean | null> | Term<boolean>): Query<R> {
    return new Query({ type: "filter", of: this.plan, where: condition(termsOf<R>()).expression });
  }

  /** Computes columns, and keeps no others. */
  select<S extends { readonly [name: string]: Term<unknown> } & Unkeyed>(
    columns: (row: Terms<R>) => S,
  ): Query<Resolved<Keyed & Selected<S>>> {
    const terms = Object.entries(columns(termsOf<R>()));
    const computed = Object.fromEntries(terms.map(([name, term]) => [name, term.expression]));
    return new Query({ type: "map", of: this.plan, columns: computed });
  }

  /** Keeps some columns, and no others. */
  pick<C extends Column<R>>(...columns: readonly C[]): Query<Resolved<Keyed & Pick<R, C>>> {
    return new Query({ type: "project", of: this.plan, columns });
  }

  /** A row for each pair, with columns of the other under names of their own. */
  join<S extends Keyed, T extends { readonly [name: string]: Column<S> } & Unkeyed>(
    other: Query<S>,
    on: On<R, S>,
    take: T,
  ): Query<Resolved<R & Taken<S, T>>> {
    return new Query(this.#joined("inner", other.plan, on, take));
  }

  /** As `join`, and the rows without a partner, with nulls. */
  leftJoin<S extends Keyed, T extends { readonly [name: string]: Column<S> } & Unkeyed>(
    other: Query<S>,
    on: On<R, S>,
    take: T,
  ): Query<Resolved<R & Nullable<Taken<S, T>>>> {
    return new Query(this.#joined("left", other.plan, on, take));
  }

  /** The rows that have a partner. */
  whereIn<S extends Keyed>(other: Query<S>, on: On<R, S>): Query<R> {
    return new Query(this.#joined("semi", other.plan, on, {}));
  }

  /** A row for each list of values of some columns; for `[]` one row for all. */
  groupBy<
    C extends Exclude<Column<R>, "key">,
    A extends { readonly [name: string]: AggregateOf<unknown> } & Unkeyed,
  >(
    by: readonly C[],
    aggregates: (of: Aggregates<R>) => A,
  ): Query<Resolved<Keyed & Pick<R, C> & Aggregated<A>>> {
    const made = Object.entries(aggregates(aggregatesOf<R>()));
    return new Query({
      type: "group",
      of: this.plan,
      by,
      aggregates: Object.fromEntries(made.map(([name, { aggregate }]) => [name, aggregate])),
    });
  }

  /** One row for each list of values of some columns. */
  distinctBy(...columns: readonly Column<R>[]): Query<R> {
    return new Query({ type: "distinct", of: this.plan, by: columns });
  }

  orderBy(...by: readonly By<R>[]): OrderedQuery<R> {
    return new OrderedQuery(this.plan, orderOf(by), { offset: 0, limit: null });
  }

  /** The rows of this and others, under keys of their own. */
  union(...others: readonly Query<R>[]): Query<R> {
    return new Query({ type: "union", of: [this.plan, ...others.map(({ plan }) => plan)] });
  }

  /**
   * Each row with a list of its children; those of an ordered query come in its order, and no more than its limit for
   * each row. A limit with an offset is not possible there, for it would be taken of all children and not of each row's;
   * where that is meant, a step may follow it.
   */
  nest<S extends Keyed, N extends string>(
    as: Exclude<N, "key">,
    child: Query<S> & { readonly offset?: 0 },
    on: On<R, S>,
  ): Query<Resolved<R & { readonly [name in N]: readonly S[] }>> {
    const { of, order, limit } =
      child instanceof OrderedQuery ? child.nested : { of: child.plan, order: [], limit: null };
    return new Query({ type: "nest", of: this.plan, child: of, on: pairsOf(on), as, order, limit });
  }

  #joined(kind: Join["kind"], right: Plan, on: object, take: Join["take"]): Plan {
    return { type: "join", kind, left: this.plan, right, on: pairsOf(on), take };
  }
}

/** A query whose rows have an order, and of which the rows from the place `offset` on are taken. */
export class OrderedQuery<R extends Keyed, Offset extends number = 0> extends Query<R> {
  readonly offset: Offset;
  readonly #of: Plan;
  readonly #order: Order;
  readonly #limit: number | null;

  constructor(
    of: Plan,
    order: Order,
    { offset, limit }: { readonly offset: Offset; readonly limit: number | null },
  ) {
    super({ type: "window", of, order, offset, limit });
    this.offset = offset;
    this.#of = of;
    this.#order = order;
    this.#limit = limit;
  }

  /** The rows from the 0-based place `offset` on, `count` at the most. */
  limit(count: number): OrderedQuery<R>;
  limit<O extends number>(count: number, offset: O): OrderedQuery<R, O>;
  limit(count: number, offset = 0): OrderedQuery<R, number> {
    return new OrderedQuery(this.#of, this.#order, { offset, limit: count });
  }

  /** What a list of children takes of it. */
  get nested(): { readonly of: Plan; readonly order: Order; readonly limit: number | null } {
    invariant(this.offset === 0, "the types let no limit with an offset be nested");
    return { of: this.#of, order: this.#order, limit: this.#limit };
  }
}

function orderOf(by: readonly (string | readonly [string, "ascending" | "descending"])[]): Order {
  return by.map((column) => (typeof column === "string" ? [column, "ascending"] : column));
}

function pairsOf(on: object): Join["on"] {
  return Object.entries(on).flatMap(([left, right]) =>
    typeof right === "string" ? [[left, right] as const] : [],
  );
}

/** Any column that is asked for, as a term; which ones there are is a matter of the types. */
function termsOf<R>(): Terms<R> {
  return new Proxy({}, { get: (_, name) => new Term({ type: "column", name: String(name) }) }) as Terms<R>;
}

function aggregatesOf<R>(): Aggregates<R> {
  return {
    count: () => ({ aggregate: { type: "count" } }),
    sum: (column) => ({ aggregate: { type: "sum", column } }),
    avg: (column) => ({ aggregate: { type: "avg", column } }),
    min: (column) => ({ aggregate: { type: "min", column } }),
    max: (column) => ({ aggregate: { type: "max", column } }),
  };
}
