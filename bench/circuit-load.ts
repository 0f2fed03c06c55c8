import type { Plan } from "../src/circuit/plan.ts";
import type { SchemaOf } from "../src/circuit/schema.ts";
import { number, text } from "../src/circuit/schema.ts";

/** What the views are made of: pieces of work, each of an owner. */
export type Item = {
  readonly key: string;
  readonly group: string;
  readonly owner: string;
  readonly status: string;
  readonly size: number;
  readonly rank: number;
};
export type Owner = { readonly key: string; readonly name: string };

export const schema = {
  item: { group: text, owner: text, status: text, size: number, rank: number } satisfies SchemaOf<Item>,
  owner: { name: text } satisfies SchemaOf<Owner>,
};

/** All items. */
export const item: Plan = { type: "scan", table: "item" };

/** The items with a status. */
export const withStatus = (status: string): Plan => ({
  type: "filter",
  of: item,
  where: {
    type: "compare",
    by: "=",
    left: { type: "column", name: "status" },
    right: { type: "literal", value: status },
  },
});

/** Rows of items, each with the name of its owner. */
export const withOwner = (left: Plan): Plan => ({
  type: "join",
  kind: "inner",
  left,
  right: { type: "scan", table: "owner" },
  on: [["owner", "key"]],
  take: { ownerName: "name" },
});

/** How many rows the window view shows. */
export const windowSize = 50;
/** Of the items, those that the filter lets through. */
export const shownStatus = "open";

const statuses = ["open", "waiting", "running", "done"] as const;
const [groups, owners] = [100, 1000];

/** Numbers from 0 up to `below`, the same for the same seed (mulberry32). */
export type Random = (below: number) => number;

export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d_2b_79_f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return Math.floor((((bits ^ (bits >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

export function makeOwners(): readonly Owner[] {
  return Array.from({ length: owners }, (_, n) => ({ key: `o${n}`, name: `Owner ${n}` }));
}

export function makeItems(count: number, random: Random): Item[] {
  return Array.from({ length: count }, (_, n) => ({
    key: `i${n}`,
    group: `g${random(groups)}`,
    owner: `o${random(owners)}`,
    status: statuses[random(statuses.length)] ?? "open",
    size: random(10_000),
    rank: random(1_000_000),
  }));
}

/** Another state of some item: what an update of a field or two would be. */
export function changeOne(items: Item[], random: Random): Item {
  const place = random(items.length);
  const before = items[place];
  if (before === undefined) throw new Error("there are no items");
  const after: Item = {
    key: before.key,
    group: before.group,
    owner: before.owner,
    status: statuses[random(statuses.length)] ?? "open",
    size: random(10_000),
    rank: random(10) === 0 ? random(1_000_000) : before.rank,
  };
  items[place] = after;
  return after;
}
