import {
  D2,
  distinct,
  filter,
  groupBy,
  groupByOperators,
  join,
  map,
  MultiSet,
  orderByWithFractionalIndex,
  output,
  type RootStreamBuilder,
} from "@tanstack/db-ivm";
import { Circuit } from "../src/circuit/circuit.ts";
import type { Entry } from "../src/circuit/entry.ts";
import type { Plan } from "../src/circuit/plan.ts";
import {
  item,
  schema,
  shownStatus,
  windowSize,
  withOwner,
  withStatus,
  type Item,
  type Owner,
} from "./circuit-load.ts";

const { count, sum } = groupByOperators;

/** What the five views hold, in numbers that all contenders must agree on. */
export type Summary = {
  readonly open: number;
  readonly groups: number;
  readonly size: number;
  readonly pairs: number;
  /** The least rank in the window, and how many rows it shows. */
  readonly window: readonly [rank: number, rows: number];
  readonly kinds: number;
};

/** One way to keep the five views true. */
export type Contender = {
  readonly load: (items: readonly Item[], owners: readonly Owner[]) => void;
  /** Takes later states of items, all at once; several of one item in their order. */
  readonly update: (items: readonly Item[]) => void;
  readonly summary: () => Summary;
};

export const contenders = {
  Strata: strata,
  "db-ivm": dbIvm,
  recomputation,
} satisfies { readonly [name: string]: () => Contender };

/** The five views: a filter, a group with two aggregates, a join, a window, and distinct pairs. */
const plans: { readonly [name: string]: Plan } = {
  open: withStatus(shownStatus),
  groups: {
    type: "group",
    of: item,
    by: ["group"],
    aggregates: { count: { type: "count" }, size: { type: "sum", column: "size" } },
  },
  pairs: withOwner(item),
  window: { type: "window", of: item, order: [["rank", "descending"]], offset: 0, limit: windowSize },
  kinds: { type: "distinct", of: item, by: ["group", "status"] },
};

/** The circuit with the five views, as an app would have it. */
export function openCircuit(): Circuit {
  const circuit = new Circuit({ schema, clock: () => performance.now(), pendingLimit: Infinity });
  for (const [name, plan] of Object.entries(plans))
    circuit.register(name, { plan, parameters: {}, frequency: "realtime" }, () => {});
  return circuit;
}

function strata(): Contender {
  const circuit = openCircuit();
  const rows = (name: string) => circuit.rows(name) ?? [];
  const take = (entries: readonly Entry[]) => {
    const result = circuit.ingestBatch(entries);
    if (!result.ok) throw new Error(result.fault.message);
  };
  return {
    load: (items, owners) =>
      take([
        ...owners.map((row): Entry => ({ type: "create", table: "owner", row })),
        ...items.map((row): Entry => ({ type: "create", table: "item", row })),
      ]),
    update: (items) => take(items.map((row): Entry => ({ type: "update", table: "item", row }))),
    summary: () => ({
      open: rows("open").length,
      groups: rows("groups").length,
      size: rows("groups").reduce((total, { size }) => total + Number(size), 0),
      pairs: rows("pairs").length,
      window: [Math.min(...rows("window").map(({ rank }) => Number(rank))), rows("window").length],
      kinds: rows("kinds").length,
    }),
  };
}

/** The content of one output: of a message, what goes goes first, whichever comes first. */
class Held<T> {
  readonly rows = new Map<unknown, T>();

  take(messages: readonly (readonly [readonly [key: unknown, value: T], times: number])[]): void {
    for (const [[key], times] of messages) if (times < 0) this.rows.delete(key);
    for (const [[key, value], times] of messages) if (times > 0) this.rows.set(key, value);
  }
}

function dbIvm(): Contender {
  const graph = new D2();
  const items = graph.newInput<[string, Item]>();
  const owners = graph.newInput<[string, Owner]>();
  const held = viewsOf(items, owners);
  graph.finalize();
  const rows = new Map<string, Item>();
  return {
    load: (all, people) => {
      for (const each of all) rows.set(each.key, each);
      owners.sendData(new MultiSet(people.map((owner) => [[owner.key, owner], 1])));
      items.sendData(new MultiSet(all.map((each) => [[each.key, each], 1])));
      graph.run();
    },
    update: (all) => {
      const latest = new Map(all.map((each) => [each.key, each]));
      const changes: [[string, Item], number][] = [];
      for (const [key, each] of latest) {
        const before = rows.get(key);
        if (before !== undefined) changes.push([[key, before], -1]);
        changes.push([[key, each], 1]);
        rows.set(key, each);
      }
      items.sendData(new MultiSet(changes));
      graph.run();
    },
    summary: () => held.summary(),
  };
}

function viewsOf(items: RootStreamBuilder<[string, Item]>, owners: RootStreamBuilder<[string, Owner]>) {
  const open = new Held<Item>();
  const groups = new Held<{ readonly size: number }>();
  const pairs = new Held<unknown>();
  const window = new Held<[Item, string]>();
  const kinds = new Held<unknown>();
  items.pipe(
    filter(([, each]) => each.status === shownStatus),
    output((set) => open.take(set.getInner())),
  );
  items.pipe(
    map(([, each]) => each),
    groupBy((each: Item) => ({ group: each.group }), {
      count: count(),
      size: sum((each: Item) => each.size),
    }),
    output((set) => groups.take(set.getInner())),
  );
  items.pipe(
    map(([, each]): [string, Item] => [each.owner, each]),
    join(owners.pipe(map(([key, owner]): [string, Owner] => [key, owner]))),
    // The key of a pair is that of its item, as each item has one owner.
    map(([, pair]): [unknown, unknown] => [pair[0]?.key, pair]),
    output((set) => pairs.take(set.getInner())),
  );
  items.pipe(
    orderByWithFractionalIndex((each: Item) => -each.rank, { limit: windowSize }),
    output((set) => window.take(set.getInner())),
  );
  items.pipe(
    distinct(([, each]) => [each.group, each.status]),
    output((set) => kinds.take(set.getInner())),
  );
  return {
    summary: (): Summary => ({
      open: open.rows.size,
      groups: groups.rows.size,
      size: [...groups.rows.values()].reduce((total, { size }) => total + size, 0),
      pairs: pairs.rows.size,
      window: [Math.min(...[...window.rows.values()].map(([{ rank }]) => rank)), window.rows.size],
      kinds: kinds.rows.size,
    }),
  };
}

/** Computes all five views anew from all rows at each change. */
function recomputation(): Contender {
  const rows = new Map<string, Item>();
  const names = new Map<string, string>();
  let views = recomputed([], names);
  return {
    load: (items, owners) => {
      for (const owner of owners) names.set(owner.key, owner.name);
      for (const each of items) rows.set(each.key, each);
      views = recomputed([...rows.values()], names);
    },
    update: (items) => {
      for (const each of items) rows.set(each.key, each);
      views = recomputed([...rows.values()], names);
    },
    summary: () => ({
      open: views.open.length,
      groups: views.groups.size,
      size: [...views.groups.values()].reduce((total, { size }) => total + size, 0),
      pairs: views.pairs.length,
      window: [views.window.at(-1)?.rank ?? Infinity, views.window.length],
      kinds: views.kinds.size,
    }),
  };
}

function recomputed(items: readonly Item[], names: ReadonlyMap<string, string>) {
  const groups = new Map<string, { count: number; size: number }>();
  const kinds = new Map<string, Item>();
  const pairs: unknown[] = [];
  for (const each of items) {
    const group = groups.get(each.group) ?? { count: 0, size: 0 };
    groups.set(each.group, { count: group.count + 1, size: group.size + each.size });
    const kind = JSON.stringify([each.group, each.status]);
    if (!kinds.has(kind)) kinds.set(kind, each);
    const ownerName = names.get(each.owner);
    if (ownerName !== undefined) pairs.push({ ...each, ownerName });
  }
  return {
    open: items.filter(({ status }) => status === shownStatus),
    groups,
    kinds,
    pairs,
    window: items.toSorted((a, b) => b.rank - a.rank).slice(0, windowSize),
  };
}
