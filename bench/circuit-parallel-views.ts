import type { Entry } from "../src/circuit/entry.ts";
import type { Plan } from "../src/circuit/plan.ts";
import { Query } from "../src/circuit/query.ts";
import type { Row } from "../src/circuit/row.ts";
import type { Schema } from "../src/circuit/schema.ts";
import { viewTables } from "../src/host/view-tables.ts";
import { viewNames } from "../src/model/view-rows.ts";
import * as appQueries from "../src/session/app-queries.ts";
import {
  changeOne,
  item,
  makeItems,
  makeOwners,
  randomFrom,
  schema,
  withOwner,
  withStatus,
  type Random,
} from "./circuit-load.ts";

/** Views, and what comes into their tables. */
export type ParallelCase = {
  readonly views: string;
  readonly schema: Schema;
  readonly plans: readonly Plan[];
  /** Makes what is loaded, and what gives one change after another; the same each time. */
  readonly open: (rows: number) => { readonly load: readonly Entry[]; readonly change: () => Entry };
};

const grouped = (...by: readonly string[]): Plan => ({
  type: "group",
  of: item,
  by,
  aggregates: {
    count: { type: "count" },
    size: { type: "sum", column: "size" },
    rank: { type: "max", column: "rank" },
  },
});

const greatest = (column: string, direction: "ascending" | "descending"): Plan => ({
  type: "window",
  of: item,
  order: [[column, direction]],
  offset: 0,
  limit: 50,
});

const distinct = (...by: readonly string[]): Plan => ({ type: "distinct", of: item, by });

/** Views of items, of every kind that an app has, hardly any of which share a part. The first so many are taken. */
const manyPlans: readonly Plan[] = [
  withOwner(item),
  grouped("group"),
  greatest("rank", "descending"),
  distinct("group", "status"),
  withStatus("open"),
  grouped("owner"),
  greatest("size", "ascending"),
  withOwner(withStatus("done")),
  distinct("owner", "status"),
  grouped("status"),
  greatest("size", "descending"),
  withStatus("running"),
  grouped("group", "status"),
  withOwner(withStatus("waiting")),
  distinct("owner", "group"),
  grouped("owner", "status"),
];

function itemCase(views: number): ParallelCase {
  return {
    views: String(views),
    schema,
    plans: manyPlans.slice(0, views),
    open: (rows) => {
      const random = randomFrom(1);
      const items = makeItems(rows, random);
      const owners = makeOwners().map((row): Entry => ({ type: "create", table: "owner", row }));
      const created = items.map((row): Entry => ({ type: "create", table: "item", row }));
      const change = (): Entry => ({ type: "update", table: "item", row: changeOne(items, random) });
      return { load: [...owners, ...created], change };
    },
  };
}

/** What a project's circuit has when every panel is open: the tables themselves, and what the panels ask for. */
const appPlans: readonly Plan[] = [
  ...viewNames.map((table): Plan => ({ type: "scan", table })),
  ...Object.values(appQueries).flatMap((each) => (each instanceof Query ? [each.plan] : [])),
];

const kinds = ["document", "image", "page", "variant", "feed"] as const;
const statuses = ["PENDING", "DIRTY", "RUNNING", "DONE", "FAILED"] as const;

function nodeOf(n: number, random: Random): Row {
  const kind = kinds[n % kinds.length] ?? "page";
  return {
    key: `folder-${n % 500}/file-${n}`,
    kind,
    label: `folder-${n % 500}/file-${n}.md`,
    status: statuses[random(statuses.length)] ?? "DONE",
    generation: n % 5,
    cause: `file-${random(1000)}.md changed`,
    durationMs: random(4) === 0 ? null : random(1000) / 10,
    bytes: random(1_000_000),
    sitePath: kind === "page" ? `folder-${n % 500}/file-${n}.html` : null,
    hash: `${random(1_000_000_000)}${random(1_000_000_000)}`,
    cached: random(2) === 0,
  };
}

const appCase: ParallelCase = {
  views: `the app's ${appPlans.length}`,
  schema: viewTables,
  plans: appPlans,
  open: (rows) => {
    const random = randomFrom(1);
    const load = Array.from({ length: rows }, (_, n): Entry => {
      return { type: "create", table: "node", row: nodeOf(n, random) };
    });
    return { load, change: () => ({ type: "update", table: "node", row: nodeOf(random(rows), random) }) };
  },
};

export const parallelCases: readonly ParallelCase[] = [itemCase(4), itemCase(8), itemCase(16), appCase];
