import fc from "fast-check";
import { expect, it } from "vitest";
import {
  anyEntry,
  largeNotes,
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
import type { Circuit } from "./circuit.ts";
import type { Entry } from "./entry.ts";
import type { Row } from "./row.ts";

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant("defer" as const),
      entries: fc.array(anyEntry, { maxLength: 4 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constant("flush" as const) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("clear" as const) }) },
);
const steps = fc.array(step, { maxLength: 25 });
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** What the circuit was told, as the rules read it: a clear forgets all that was before. */
type Told = Entry[];

function carryOut(circuit: Circuit, told: Told, each: Step): void {
  if (each.type === "flush") circuit.flush();
  else if (each.type === "clear") {
    circuit.clear("note");
    const others = told.filter(({ table }) => table !== "note");
    told.splice(0, told.length, ...others);
  } else {
    circuit.defer(each.entries);
    told.push(...each.entries);
  }
}

const withFlush = (list: readonly Step[]): readonly Step[] => [...list, { type: "flush" }];

it("[C1] [C8] leaves who applies the deltas with the rows of the plan", () => {
  fc.assert(
    fc.property(steps, (list) => {
      const [circuit, page, told]: [Circuit, Page, Told] = [openCircuit(), new Page(), []];
      register(circuit, "all", scan("note"), page.listen);
      register(circuit, "large", largeNotes(1), page.listen);
      for (const each of withFlush(list)) {
        carryOut(circuit, told, each);
        if (each.type !== "flush") continue;
        const truth = [...naiveRows(told, "note").values()];
        expect(sorted(page.rows("all"))).toEqual(sorted(truth));
        const large = truth.filter(({ size }) => typeof size === "number" && size > 1);
        expect(sorted(page.rows("large"))).toEqual(
          sorted(large.map(({ key, size }) => ({ key, size: size ?? null }))),
        );
      }
    }),
    { numRuns: 400 },
  );
});

it("[C2] [C4] [C5] tells the difference between two flushes, and nothing else", () => {
  fc.assert(
    fc.property(steps, (list) => {
      const [circuit, page, told]: [Circuit, Page, Told] = [openCircuit(), new Page(), []];
      register(circuit, "all", scan("note"), page.listen);
      let before: ReadonlyMap<string, Row> = new Map();
      let whole: "once it has rows" | "now" | "no" = "once it has rows";
      for (const each of withFlush(list)) {
        carryOut(circuit, told, each);
        if (each.type === "clear") whole = "now";
        if (each.type !== "flush") continue;
        const truth = naiveRows(told, "note");
        const changed = [...truth.values()].filter((row) => !isSame(before.get(row.key), row));
        const gone = [...before.keys()].filter((key) => !truth.has(key));
        const deltas = page.take();
        const isTold = whole === "now" || changed.length + gone.length > 0;
        expect(deltas.length).toBe(isTold ? 1 : 0);
        if (isTold) {
          expect(deltas[0]?.reset).toBe(whole !== "no");
          const upserts = whole === "no" ? changed : [...truth.values()];
          expect(sorted(deltas[0]?.upserts ?? [])).toEqual(sorted(upserts));
          expect([...(deltas[0]?.removals ?? [])].sort()).toEqual(whole === "no" ? gone.sort() : []);
          whole = "no";
        }
        before = truth;
      }
    }),
    { numRuns: 400 },
  );
});

const isSame = (a: Row | undefined, b: Row) => JSON.stringify(a) === JSON.stringify(b);

it("[C4] tells the whole of a view once, in place of what its name showed before", () => {
  const [circuit, page] = [openCircuit(), new Page()];
  circuit.defer([put(note("a", 1)), put(note("b", 20))]);
  register(circuit, "v", scan("note"), page.listen);
  expect(page.take()).toEqual([
    { view: "v", reset: true, upserts: [note("a", 1), note("b", 20)], removals: [] },
  ]);
  circuit.replace("v", { plan: largeNotes(10), parameters: {}, frequency: "normal" });
  expect(page.take()).toEqual([{ view: "v", reset: true, upserts: [{ key: "b", size: 20 }], removals: [] }]);
  circuit.replace("v", { plan: largeNotes(100), parameters: {}, frequency: "realtime" });
  expect(page.take()).toEqual([{ view: "v", reset: true, upserts: [], removals: [] }]);
  expect(circuit.unregister("v")).toBe(true);
  expect(circuit.unregister("v")).toBe(false);
  circuit.ingest(put(note("c", 200)));
  expect(page.take()).toEqual([]);
  expect(circuit.replace("v", { plan: scan("note"), parameters: {}, frequency: "normal" })).toMatchObject({
    ok: false,
    fault: { code: "unknown-view" },
  });
});

it("[C6] [C7] gives rows with which who begins late holds what the others do, in the same order", () => {
  fc.assert(
    fc.property(steps, steps, (first, second) => {
      const [circuit, early] = [openCircuit(), new Page()];
      register(circuit, "all", scan("note"), early.listen);
      register(circuit, "large", largeNotes(1), early.listen);
      for (const each of first) carryOut(circuit, [], each);
      const late = new Page();
      for (const view of circuit.views()) {
        late.listen({ view, reset: true, upserts: circuit.rows(view) ?? [], removals: [] });
        expect(late.rows(view)).toEqual(early.rows(view));
      }
      early.take();
      for (const each of second) {
        carryOut(circuit, [], each);
        for (const delta of early.take()) late.listen(delta);
      }
      for (const view of circuit.views()) {
        expect(late.rows(view)).toEqual(early.rows(view));
        expect(circuit.rows(view)).toEqual(early.rows(view));
      }
    }),
    { numRuns: 300 },
  );
});

it("[C7] keeps the place of a row that changes, also when it went and came back", () => {
  const [circuit, page] = [openCircuit(), new Page()];
  register(circuit, "all", scan("note"), page.listen);
  circuit.ingestBatch([put(note("a", 1)), put(note("b", 1)), put(note("c", 1))]);
  circuit.defer([remove("a")]);
  circuit.defer([put(note("d", 1)), put(note("a", 2))]);
  circuit.flush();
  expect(circuit.rows("all")?.map(({ key }) => key)).toEqual(["a", "b", "c", "d"]);
  expect(page.rows("all").map(({ key }) => key)).toEqual(["a", "b", "c", "d"]);
});

it("[C9] keeps views of different tables apart", () => {
  const [circuit, page] = [openCircuit(), new Page()];
  register(circuit, "notes", scan("note"), page.listen);
  register(circuit, "links", scan("link"), page.listen);
  const link = { key: "l", from: "a", to: "b" };
  circuit.ingestBatch([put(note("a", 1)), { type: "create", table: "link", row: link }]);
  expect(page.take().map(({ view }) => view)).toEqual(["notes", "links"]);
  circuit.ingest(remove("a"));
  expect(page.take().map(({ view, removals }) => [view, removals])).toEqual([["notes", ["a"]]]);
  circuit.clear("link");
  circuit.flush();
  expect(page.take()).toEqual([{ view: "links", reset: true, upserts: [], removals: [] }]);
  expect(circuit.clear("nowhere")?.code).toBe("unknown-table");
});

it("[C7] gives the rows of a window in its order, whatever order they came in", () => {
  const [circuit, page] = [openCircuit(), new Page()];
  const order = [["size", "descending"]] as const;
  register(circuit, "top", { type: "window", of: scan("note"), order, offset: 0, limit: 2 }, page.listen);
  circuit.ingestBatch([put(note("a", 1)), put(note("c", 2)), put(note("b", 2))]);
  expect(circuit.rows("top")?.map(({ key }) => key)).toEqual(["b", "c"]);
  circuit.ingest(put(note("a", 3)));
  expect(circuit.rows("top")?.map(({ key }) => key)).toEqual(["a", "b"]);
  expect(sorted(page.rows("top"))).toEqual([note("a", 3), note("b", 2)]);
});
