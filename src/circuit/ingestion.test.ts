import fc from "fast-check";
import { expect, it } from "vitest";
import {
  anyEntry,
  keyOf,
  naiveRows,
  note,
  openCircuit,
  Page,
  put,
  register,
  remove,
  scan,
  sorted,
} from "./circuit.test-kit.ts";
import type { Ingested } from "./circuit.ts";
import type { Entry } from "./entry.ts";
import type { BatchStats } from "./metrics.ts";

const stats = (ingested: Ingested): readonly BatchStats[] =>
  ingested.ok ? ingested.flushes.map((flush) => flush.stats) : [];

/** Every sequence of `length` steps. */
function* sequences<T>(steps: readonly T[], length: number): Generator<readonly T[]> {
  if (length === 0) yield [];
  else for (const rest of sequences(steps, length - 1)) for (const each of steps) yield [...rest, each];
}

const types = ["create", "update", "delete"] as const;
type Step = { readonly type: (typeof types)[number]; readonly version: number | undefined };

/** A create gives what the row held at the beginning, so that a sequence may end where it began. */
function entryOf({ type, version }: Step, key: string): Entry {
  const versioned = version === undefined ? {} : { version };
  if (type === "delete") return { type, table: "note", key, ...versioned };
  return { type, table: "note", row: note(key, type === "create" ? 1 : 2), ...versioned };
}

/** All sequences side by side, each over a row of its own, that is there before or is not. */
function programs(versions: readonly (number | undefined)[], existing: readonly Entry[]): Entry[][] {
  const steps = types.flatMap((type) => versions.map((version) => ({ type, version })));
  const all = [1, 2, 3, 4, 5].flatMap((length) => [...sequences(steps, length)]);
  return all.map((each, n) => [
    ...existing.map((entry) => ({
      ...entry,
      ...(entry.type === "delete" ? {} : { row: note(String(n), 1) }),
    })),
    ...each.map((one) => entryOf(one, String(n))),
  ]);
}

/** What the first `count` entries, all for one row, leave as its size: the last that counts has the word. */
function naiveSize(entries: readonly Entry[], count: number): unknown {
  for (let place = count - 1; place >= 0; place--) {
    const entry = entries[place];
    if (entry === undefined || isOutdone(entries, place)) continue;
    return entry.type === "delete" ? undefined : entry.row["size"];
  }
  return undefined;
}

function isOutdone(entries: readonly Entry[], place: number): boolean {
  const version = entries[place]?.version;
  for (let i = 0; i < place; i++)
    if (version !== undefined && (entries[i]?.version ?? -1) >= version) return true;
  return false;
}

const beginnings = {
  "a new row": [],
  "a row that is there": [put(note("", 1))],
  "a row that is there with a version": [put(note("", 1), 2)],
} as const;

it.each(Object.entries(beginnings))(
  "[C11] [C12] comes to the net effect of every sequence of up to five entries over %s",
  (_name, existing) => {
    const given = existing.length;
    for (const versions of [[undefined], [undefined, 2, 3]]) {
      const all = programs(versions, existing);
      const [circuit, page] = [openCircuit({ pendingLimit: Infinity }), new Page()];
      register(circuit, "all", scan("note"), page.listen);
      circuit.ingestBatch(all.flatMap((entries) => entries.slice(0, given)));
      page.take();
      circuit.defer(all.flatMap((entries) => entries.slice(given)));
      circuit.flush();
      const [delta] = page.take();
      const upserts = new Map(delta?.upserts.map((row) => [row.key, row["size"]]));
      const removals = new Set(delta?.removals);
      const wrong = all.filter((entries) => {
        const key = keyOf(entries[0] ?? remove("none"));
        const before = naiveSize(entries, given);
        const after = naiveSize(entries, entries.length);
        const isPut = after !== undefined && after !== before;
        const isRemoved = before !== undefined && after === undefined;
        return upserts.get(key) !== (isPut ? after : undefined) || removals.has(key) !== isRemoved;
      });
      expect(all.length).toBeGreaterThan(300);
      expect(wrong).toEqual([]);
    }
  },
);

it("[C11] tells the same, entry by entry, batch by batch or with a limit", () => {
  const parts = fc.array(fc.array(anyEntry, { maxLength: 6 }), { maxLength: 8 });
  fc.assert(
    fc.property(parts, fc.integer({ min: 1, max: 5 }), (batches, pendingLimit) => {
      const ways = [openCircuit(), openCircuit(), openCircuit({ pendingLimit })];
      const pages = ways.map((circuit) => {
        const page = new Page();
        register(circuit, "all", scan("note"), page.listen);
        register(circuit, "links", scan("link"), page.listen);
        return page;
      });
      for (const entries of batches) {
        for (const entry of entries) ways[0]?.ingest(entry);
        ways[1]?.ingestBatch(entries);
        ways[2]?.defer(entries);
      }
      ways[2]?.flush();
      const told = batches.flat();
      for (const page of pages) {
        expect(sorted(page.rows("all"))).toEqual(sorted(naiveRows(told, "note").values()));
        expect(sorted(page.rows("links"))).toEqual(sorted(naiveRows(told, "link").values()));
      }
    }),
    { numRuns: 500 },
  );
});

it("[C12] comes to the same state in whatever order entries with versions of their own arrive, once or twice", () => {
  const rows = fc.array(fc.tuple(fc.constantFrom("a", "b"), fc.constantFrom(null, 1, 2)), { maxLength: 7 });
  fc.assert(
    fc.property(rows, fc.infiniteStream(fc.nat()), (list, picks) => {
      const entries = list.map(([key, size], n) =>
        size === null ? remove(key, n) : put(note(key, size), n),
      );
      const shuffled = [...entries, ...entries].sort(() => ((picks.next().value ?? 0) % 2) - 0.5);
      const [inOrder, mixed] = [openCircuit(), openCircuit()];
      for (const circuit of [inOrder, mixed]) register(circuit, "all", scan("note"), () => {});
      inOrder.ingestBatch(entries);
      for (const entry of shuffled) mixed.ingest(entry);
      expect(sorted(mixed.rows("all") ?? [])).toEqual(sorted(inOrder.rows("all") ?? []));
    }),
  );
});

it("[C13] leaves what is deferred to a flush, and flushes by itself at the limit", () => {
  const [circuit, page] = [openCircuit({ pendingLimit: 3 }), new Page()];
  register(circuit, "all", scan("note"), page.listen);
  expect(stats(circuit.defer([put(note("a", 1)), put(note("b", 1)), put(note("a", 2))]))).toEqual([]);
  expect(page.take()).toEqual([]);
  expect(stats(circuit.defer([put(note("c", 1))]))).toEqual([
    { entriesReceived: 4, entriesAfterCoalesce: 3, tablesTouched: 1, viewsUpdated: 1 },
  ]);
  expect(page.take()).toHaveLength(1);
  expect(circuit.nextTick()).toBe(null);
});

it("[C14] counts what came, what was left of it, and what it reached", () => {
  const circuit = openCircuit();
  register(circuit, "all", scan("note"), () => {});
  register(circuit, "also", scan("note"), () => {});
  register(circuit, "links", scan("link"), () => {});
  const link = { key: "l", from: "a", to: "b" };
  const batch = [put(note("a", 1)), remove("a"), put(note("b", 1)), put(note("b", 2))];
  expect(stats(circuit.ingestBatch(batch))).toEqual([
    { entriesReceived: 4, entriesAfterCoalesce: 1, tablesTouched: 1, viewsUpdated: 2 },
  ]);
  expect(stats(circuit.ingest({ type: "create", table: "link", row: link }))).toEqual([
    { entriesReceived: 1, entriesAfterCoalesce: 1, tablesTouched: 1, viewsUpdated: 1 },
  ]);
  expect(stats(circuit.ingest(put(note("b", 2))))).toEqual([
    { entriesReceived: 1, entriesAfterCoalesce: 0, tablesTouched: 0, viewsUpdated: 0 },
  ]);
});

const strange = Object.create({ kind: "page" }) as Record<string, unknown>;
Object.assign(strange, { key: "a", size: 1, isDraft: false, tags: [] });
const circular: unknown[] = [];
circular.push(circular);

/** Rows that no table takes, as what comes from elsewhere may be. */
const refused: readonly (readonly [string, unknown])[] = [
  ["unknown-table", { type: "update", table: "page", row: note("a", 1) }],
  ["unknown-table", { type: "delete", table: "toString", key: "a" }],
  ["row-without-key", { type: "update", table: "note", row: { kind: "page" } }],
  ["row-without-key", { type: "update", table: "note", row: { ...note("a", 1), key: 7 } }],
  ["row-without-key", { type: "update", table: "note" }],
  ["row-without-key", { type: "delete", table: "note" }],
  ["missing-column", { type: "update", table: "note", row: { key: "a", kind: "page", size: 1, tags: [] } }],
  ["missing-column", { type: "update", table: "note", row: { ...note("a", 1), size: undefined } }],
  ["missing-column", { type: "update", table: "note", row: strange }],
  ["unknown-column", { type: "update", table: "note", row: { ...note("a", 1), colour: "red" } }],
  ["wrong-type", { type: "update", table: "note", row: { ...note("a", 1), kind: 1 } }],
  ["wrong-type", { type: "update", table: "note", row: { ...note("a", 1), kind: null } }],
  ["wrong-type", { type: "update", table: "note", row: { ...note("a", 1), isDraft: "yes" } }],
  ["wrong-type", { type: "update", table: "note", row: note("a", NaN) }],
  ["wrong-type", { type: "update", table: "note", row: note("a", -Infinity) }],
  ["wrong-type", { type: "update", table: "note", row: { ...note("a", 1), tags: [NaN] } }],
  ["wrong-type", { type: "update", table: "note", row: { ...note("a", 1), tags: { at: new Map() } } }],
  ["wrong-type", { type: "update", table: "note", row: { ...note("a", 1), tags: circular } }],
  ["wrong-version", { type: "update", table: "note", row: note("a", 1), version: NaN }],
  ["wrong-version", { type: "delete", table: "note", key: "a", version: "2" }],
];

it.each(refused)("[C10] refuses with %s, and takes nothing of the call", (code, entry) => {
  for (const way of ["ingestBatch", "defer"] as const) {
    const circuit = openCircuit({ pendingLimit: 1 });
    register(circuit, "all", scan("note"), () => {});
    circuit.ingest(put(note("b", 1), 1));
    // The parsed boundary of a test: what the types forbid comes from elsewhere.
    const result = circuit[way]([put(note("b", 2)), entry as Entry, remove("b")]);
    expect(result).toMatchObject({ ok: false, fault: { code, severity: "error" } });
    expect(result.ok || result.fault.remedy.length > 0).toBe(true);
    circuit.flushAll();
    expect(circuit.rows("all")).toEqual([note("b", 1)]);
    expect(circuit.metrics().shards[0]?.lastStats?.entriesReceived).toBe(0);
  }
});

it("[C10] takes every value that a column may hold", () => {
  const circuit = openCircuit();
  register(circuit, "all", scan("note"), () => {});
  const row = { ...note("", 0), tags: { a: [null, true, "x", 1.5, {}], ["__proto__"]: 1 } };
  expect(circuit.ingest(put(row)).ok).toBe(true);
  expect(circuit.ingest(put(note("b", null))).ok).toBe(true);
  expect(circuit.rows("all")).toEqual([row, note("b", null)]);
});

it("[C3] takes a negative zero for zero", () => {
  const [circuit, page] = [openCircuit(), new Page()];
  register(circuit, "all", scan("note"), page.listen);
  circuit.ingest(put(note("a", -0)));
  expect(Object.is(circuit.rows("all")?.[0]?.["size"], 0)).toBe(true);
  circuit.ingest(put(note("a", 0)));
  expect(page.deltas).toHaveLength(1);
});

it("[C3] compares rows by what they hold", () => {
  const [circuit, page] = [openCircuit(), new Page()];
  register(circuit, "all", scan("note"), page.listen);
  const tags = { deep: [1, { a: 1, b: 2 }] };
  circuit.ingest(put({ ...note("a", 1), tags }));
  circuit.ingest(
    put({ tags: { deep: [1, { b: 2, a: 1 }] }, isDraft: false, size: 1, kind: "page", key: "a" }),
  );
  expect(page.take()).toHaveLength(1);
  circuit.ingest(put({ ...note("a", 1), tags: { deep: [1, { a: 1, b: 3 }] } }));
  expect(page.take()).toHaveLength(1);
});

it("[C12] remembers so many deletes with a version, and forgets the oldest", () => {
  const circuit = openCircuit();
  register(circuit, "all", scan("note"), () => {});
  const count = 100_001;
  circuit.ingestBatch(Array.from({ length: count }, (_, n) => remove(String(n), 5)));
  circuit.ingestBatch([put(note("0", 1), 4), put(note("1", 1), 4), put(note("2", 1)), put(note("2", 2), 5)]);
  expect(circuit.rows("all")).toEqual([note("0", 1), note("2", 1)]);
});
