import fc from "fast-check";
import { expect, it } from "vitest";
import {
  anyEntry,
  largeNotes,
  note,
  openCircuit,
  Page,
  put,
  register,
  registerAt,
  remove,
  scan,
  sorted,
} from "./circuit.test-kit.ts";
import { Circuit } from "./circuit.ts";
import type { Plan } from "./plan.ts";
import { RowSetHash } from "./row-hash.ts";
import type { Row } from "./row.ts";

it("[C16] keeps the hash of a view what it is for its rows in any order", () => {
  const parts = fc.array(fc.array(anyEntry, { maxLength: 5 }), { maxLength: 10 });
  fc.assert(
    fc.property(parts, fc.nat(9), (batches, asked) => {
      const circuit = openCircuit();
      for (const [name, plan] of Object.entries({ all: scan("note"), large: largeNotes(1) }))
        register(circuit, name, plan, () => {});
      batches.forEach((entries, n) => {
        circuit.ingestBatch(entries);
        if (n === asked) circuit.hash("all");
        if (n < asked) return;
        for (const name of circuit.views()) expect(circuit.hash(name)).toBe(hashOf(circuit.rows(name)));
      });
    }),
  );
  const several = [note("a", 1), note("b", 2), note("c", null)];
  const hashes = [several, several.toReversed(), several.slice(1), [...several, note("d", 1)], []].map(
    hashOf,
  );
  expect(hashes[0]).toBe(hashes[1]);
  expect(new Set(hashes).size).toBe(4);
  expect(hashes[4]).toBe("0000000000000000");
});

function hashOf(rows: readonly Row[] = []): string {
  const hash = new RowSetHash();
  for (const row of rows.toReversed()) hash.add(structuredClone(row));
  return hash.digest();
}

it("[C16] tells 40,000 rows apart", () => {
  const hashes = new Set(Array.from({ length: 40_000 }, (_, n) => hashOf([{ key: String(n) }])));
  expect(hashes.size).toBe(40_000);
});

/** A row as the world may hand it in: it passes every check, and throws when its size is read while `isBroken`. */
function brokenNote(key: string, state: { isBroken: boolean }): Row {
  return Object.defineProperty({ ...note(key, 5) }, "size", {
    enumerable: true,
    get: () => {
      if (state.isBroken) throw new Error("no size today");
      return 5;
    },
  });
}

it("[C17] leaves all other views right when one cannot be computed, and computes it anew", () => {
  const [circuit, page, state] = [openCircuit(), new Page(), { isBroken: false }];
  const keys: Plan = { type: "project", of: scan("note"), columns: ["kind"] };
  register(circuit, "large", largeNotes(1), page.listen);
  register(circuit, "keys", keys, page.listen);
  register(circuit, "links", scan("link"), page.listen);
  circuit.ingestBatch([put(note("a", 1)), put(note("b", 9))]);
  expect(page.take().map(({ view }) => view)).toEqual(["large", "keys"]);
  const broken = brokenNote("c", state);
  circuit.defer([put(broken), { type: "create", table: "link", row: { key: "l", from: "a", to: "b" } }]);
  state.isBroken = true;
  const { faults, stats } = circuit.flush();
  state.isBroken = false;
  expect(faults.map(({ view, fault }) => [view, fault.code])).toEqual([["large", "view-failed"]]);
  expect(stats.viewsUpdated).toBe(2);
  expect(page.rows("keys").map(({ key }) => key)).toEqual(["a", "b", "c"]);
  expect(page.rows("links")).toHaveLength(1);
  expect(circuit.metrics().views.map(({ view, fault }) => [view, fault?.code])).toEqual([
    ["large", "view-failed"],
    ["keys", undefined],
    ["links", undefined],
  ]);
  page.take();
  circuit.ingest(put(note("c", 7)));
  expect(page.take().find(({ view }) => view === "large")?.reset).toBe(true);
  expect(sorted(page.rows("large"))).toEqual([
    { key: "b", size: 9 },
    { key: "c", size: 7 },
  ]);
  expect(circuit.metrics().views[0]?.fault).toBe(null);
});

it("[C17] gives a listener that threw the whole view at its next change, and the others what is theirs", () => {
  const [circuit, page] = [openCircuit(), new Page()];
  let isWell = true;
  register(circuit, "first", scan("note"), (delta) => {
    if (!isWell) throw new Error("not well");
    page.listen(delta);
  });
  register(circuit, "second", scan("note"), page.listen);
  circuit.ingestBatch([put(note("a", 1)), put(note("b", 1))]);
  isWell = false;
  circuit.defer([remove("a"), put(note("c", 1))]);
  expect(circuit.flush().faults.map(({ view, fault }) => [view, fault.code])).toEqual([
    ["first", "listener-failed"],
  ]);
  expect(page.rows("second")).toEqual([note("b", 1), note("c", 1)]);
  isWell = true;
  expect(circuit.nextTick()).toBe(null);
  page.take();
  circuit.ingest(put(note("b", 2)));
  expect(page.take().map(({ reset }) => reset)).toEqual([true, false]);
  expect(page.rows("first")).toEqual([note("b", 2), note("c", 1)]);
});

it("[C17] takes a listener that calls the circuit for one that failed", () => {
  const circuit = openCircuit();
  register(circuit, "loop", scan("note"), () => void circuit.ingest(put(note("z", 1))));
  circuit.defer([put(note("a", 1))]);
  expect(circuit.flush().faults.map(({ fault }) => fault.code)).toEqual(["listener-failed"]);
  expect(circuit.rows("loop")).toEqual([note("a", 1)]);
});

it("[C18] restores the same rows, versions, views and hashes, and goes on alike", () => {
  const parts = fc.array(fc.array(anyEntry, { maxLength: 5 }), { maxLength: 6 });
  fc.assert(
    fc.property(parts, parts, (before, after) => {
      const [first, second, page] = [openCircuit(), openCircuit(), new Page()];
      register(first, "all", scan("note"), () => {});
      registerAt("analytics", { circuit: first, name: "large", plan: largeNotes(1), listener: () => {} });
      for (const entries of before) first.defer(entries);
      const saved = first.save();
      expect(structuredClone(saved)).toEqual(saved);
      expect(second.restore(JSON.parse(JSON.stringify(saved)), () => page.listen)).toEqual({
        ok: true,
        fault: null,
      });
      for (const name of first.views()) {
        expect(second.hash(name)).toBe(first.hash(name));
        expect(second.definition(name)).toEqual(first.definition(name));
        expect(page.rows(name)).toEqual(second.rows(name));
      }
      for (const entries of after) for (const circuit of [first, second]) circuit.ingestBatch(entries);
      for (const circuit of [first, second]) circuit.flushAll();
      for (const name of first.views()) expect(second.hash(name)).toBe(first.hash(name));
    }),
  );
});

it("[C18] refuses what does not fit, and restores nothing of it", () => {
  const source = openCircuit();
  register(source, "all", scan("note"), () => {});
  source.ingest(put(note("a", 1)));
  const saved = source.save();
  const noNote = { rows: [], versions: [], deleted: [] };
  const wrong = { key: "a" };
  const definition = { plan: scan("page"), parameters: {}, frequency: "realtime" } as const;
  for (const [code, bad] of [
    ["other-schema", { ...saved, tables: { ...saved.tables, page: noNote } }],
    ["missing-column", { ...saved, tables: { ...saved.tables, link: { ...noNote, rows: [wrong] } } }],
    ["unknown-table", { ...saved, views: [...saved.views, { name: "bad", definition }] }],
  ] as const) {
    const circuit = openCircuit();
    expect(circuit.restore(bad, () => () => {})).toMatchObject({ ok: false, fault: { code } });
    expect(circuit.save()).toEqual(openCircuit().save());
  }
});

it("[C19] counts what each view cost, by the clock that it was given", () => {
  const circuit = openCircuit();
  register(circuit, "all", scan("note"), () => {});
  register(circuit, "large", largeNotes(1), () => {});
  register(circuit, "again", largeNotes(1), () => {});
  circuit.ingest(put(note("a", 5)));
  circuit.ingest(put(note("b", 0)));
  const [all, large, again] = circuit.metrics().views;
  expect(all).toMatchObject({
    rows: 2,
    fullRecomputes: 1,
    incrementalUpdates: 2,
    cacheHits: 0,
    cacheMisses: 1,
  });
  expect(large).toMatchObject({
    rows: 1,
    fullRecomputes: 1,
    incrementalUpdates: 1,
    cacheHits: 1,
    cacheMisses: 2,
  });
  expect(again).toMatchObject({ rows: 1, cacheHits: 1, cacheMisses: 0, fault: null });
  expect(all?.lastMs).toBeGreaterThan(0);
  const [realtime, normal] = circuit.metrics().shards;
  expect(realtime).toMatchObject({ frequency: "realtime", views: 3, pending: 0, flushes: 5 });
  expect(realtime?.lastMs).toBeGreaterThan(realtime?.medianMs ?? 0);
  expect(realtime?.lastStats).toEqual({
    entriesReceived: 1,
    entriesAfterCoalesce: 1,
    tablesTouched: 1,
    viewsUpdated: 1,
  });
  expect(normal).toMatchObject({ views: 0, flushes: 0, lastMs: null, medianMs: null, lastStats: null });
});

const column = (name: string) => ({ type: "column", name }) as const;
const parameter = (name: string) => ({ type: "parameter", name }) as const;

/** Plans that read what is not there, one for each place in which a plan may. */
const wrongPlans: readonly (readonly [string, Plan])[] = [
  ["unknown-table", scan("page")],
  ["unknown-table", scan("toString")],
  ["unknown-table", { type: "union", of: [scan("note"), scan("page")] }],
  ["wrong-plan", { type: "filter", of: scan("note"), where: { type: "not", of: column("colour") } }],
  ["wrong-plan", { type: "map", of: scan("note"), columns: { a: { type: "and", of: [column("colour")] } } }],
  ["wrong-plan", { type: "project", of: scan("note"), columns: ["colour"] }],
  ["wrong-plan", { type: "project", of: largeNotes(1), columns: ["kind"] }],
  ["wrong-plan", { type: "distinct", of: scan("note"), by: ["colour"] }],
  ["wrong-plan", { type: "window", of: scan("note"), order: [["colour", "ascending"]], offset: 0, limit: 1 }],
  ["wrong-plan", { type: "window", of: scan("note"), order: [], offset: -1, limit: 1 }],
  ["wrong-plan", { type: "window", of: scan("note"), order: [], offset: 0, limit: 1.5 }],
  [
    "wrong-plan",
    { type: "group", of: scan("note"), by: ["kind"], aggregates: { sum: { type: "sum", column: "colour" } } },
  ],
  [
    "wrong-plan",
    {
      type: "join",
      kind: "inner",
      left: scan("note"),
      right: scan("link"),
      on: [["key", "into"]],
      take: {},
    },
  ],
  [
    "wrong-plan",
    {
      type: "nest",
      of: scan("note"),
      child: scan("link"),
      on: [["key", "from"]],
      as: "links",
      order: [["into", "ascending"]],
      limit: null,
    },
  ],
];

/** For each place in which a plan names a column that it makes, plans that name it so. */
const plansMaking = (name: string): readonly (readonly [place: string, plan: Plan])[] => [
  ["map", { type: "map", of: scan("note"), columns: { [name]: column("kind") } }],
  ["group", { type: "group", of: scan("note"), by: [], aggregates: { [name]: { type: "count" } } }],
  [
    "join",
    {
      type: "join",
      kind: "left",
      left: scan("note"),
      right: scan("link"),
      on: [["key", "from"]],
      take: { [name]: "to" },
    },
  ],
  [
    "nest",
    {
      type: "nest",
      of: scan("note"),
      child: scan("link"),
      on: [["key", "from"]],
      as: name,
      order: [],
      limit: null,
    },
  ],
];

const forbidden = ["key", "__proto__"].flatMap((name) =>
  plansMaking(name).map(([place, plan]) => [name, place, plan] as const),
);

it.each(forbidden)("[C15] refuses %s as the name of what a %s makes", (name, _, plan) => {
  const result = register(openCircuit(), "view", plan, () => {});
  expect(result).toMatchObject({ ok: false, fault: { code: "wrong-plan" } });
  expect(result.fault?.message).toContain(name);
  // As a part of another plan too.
  const part: Plan = { type: "union", of: [scan("note"), plan] };
  expect(register(openCircuit(), "view", part, () => {})).toMatchObject({ ok: false });
});

it("[C15] refuses to group by the key, which would be the group's own, and takes what names it otherwise", () => {
  const by = (names: readonly string[]): Plan => ({
    type: "group",
    of: scan("note"),
    by: names,
    aggregates: {},
  });
  expect(register(openCircuit(), "view", by(["kind", "key"]), () => {})).toMatchObject({ ok: false });
  expect(register(openCircuit(), "view", by(["kind"]), () => {})).toMatchObject({ ok: true });
  const project: Plan = { type: "project", of: scan("note"), columns: ["key", "kind"] };
  expect(register(openCircuit(), "view", project, () => {})).toMatchObject({ ok: true });
  for (const [place, plan] of plansMaking("toString")) {
    expect([place, register(openCircuit(), "view", plan, () => {}).ok]).toEqual([place, true]);
  }
});

it("[C15] refuses to keep a table's column called __proto__, and to group by it", () => {
  const schema = { odd: Object.fromEntries([["__proto__", { type: "text", nullable: false } as const]]) };
  const circuit = new Circuit({ schema, clock: () => 0 });
  const odd: Plan = { type: "scan", table: "odd" };
  const plans: readonly Plan[] = [
    { type: "project", of: odd, columns: ["__proto__"] },
    { type: "group", of: odd, by: ["__proto__"], aggregates: {} },
  ];
  for (const plan of plans) {
    expect(register(circuit, "view", plan, () => {})).toMatchObject({
      ok: false,
      fault: { code: "wrong-plan" },
    });
  }
});

it("[CE1] takes a parameter that was not given for null, whatever every object seems to have", () => {
  const circuit = openCircuit();
  const where = { type: "compare", by: "=", left: parameter("toString"), right: parameter("none") } as const;
  const definition = {
    plan: { type: "filter", of: scan("note"), where },
    parameters: {},
    frequency: "realtime",
  } as const;
  circuit.register("view", definition, () => {});
  circuit.ingest(put(note("a", 5)));
  expect(circuit.rows("view")).toHaveLength(1);
});

it.each(wrongPlans)("[C15] refuses a plan with %s: %j", (code, plan) => {
  const circuit = openCircuit();
  register(circuit, "all", scan("note"), () => {});
  const result = register(circuit, "all", plan, () => {});
  expect(result).toMatchObject({ ok: false, fault: { code } });
  expect(circuit.definition("all")?.plan).toEqual(scan("note"));
});
