import fc from "fast-check";
import { expect, it } from "vitest";
import { asProjectId } from "../model/ids.ts";
import { viewNames } from "../model/view-rows.ts";
import type { ProblemRow, ViewName } from "../model/view-rows.ts";
import type { Delta } from "../model/wire.ts";
import { Circuit } from "./circuit.ts";

const projectId = asProjectId("p");

const problem = (key: string, line: number | null): ProblemRow => ({
  key,
  severity: "warning",
  code: "broken-link",
  path: "a.md",
  line,
  message: "m",
  remedy: "r",
});

type Rows = Map<string, { readonly key: string }>;

/** What a page does with deltas. */
class Page {
  readonly views = new Map<ViewName, Rows>(viewNames.map((view) => [view, new Map()]));

  apply(deltas: readonly Delta[]): this {
    for (const delta of deltas) {
      const rows = this.views.get(delta.view)!;
      if (delta.reset) rows.clear();
      for (const key of delta.removals) rows.delete(key);
      for (const row of delta.upserts) rows.set(row.key, row);
    }
    return this;
  }

  rows(view: ViewName): [string, unknown][] {
    return [...this.views.get(view)!];
  }
}

const key = fc.constantFrom("a", "b", "c", "__proto__");
const row = fc.tuple(key, fc.constantFrom(null, 1, 2)).map(([name, line]) => problem(name, line));
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant("ingest" as const),
      upserts: fc.array(row, { maxLength: 3 }),
      removals: fc.array(key, { maxLength: 2 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constant("flush" as const) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("clear" as const) }) },
);
const steps = fc.array(step, { maxLength: 25 });
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Carries out a step on a circuit and on a plain map that holds the last word on each key. */
function carryOut(
  circuit: Circuit,
  truth: Map<string, ProblemRow>,
  each: Step,
): readonly Delta[] | undefined {
  if (each.type === "flush") return circuit.flush();
  if (each.type === "clear") {
    circuit.clear("problem");
    truth.clear();
    return undefined;
  }
  circuit.ingest("problem", each.upserts, each.removals);
  for (const name of each.removals) truth.delete(name);
  for (const put of each.upserts) truth.set(put.key, put);
  return undefined;
}

const byKey = (rows: Iterable<[string, unknown]>) => [...rows].sort(([a], [b]) => (a < b ? -1 : 1));

it("[C1] [C8] leaves a page with the last word on each key", () => {
  fc.assert(
    fc.property(steps, (list) => {
      const circuit = new Circuit(projectId);
      const truth = new Map<string, ProblemRow>();
      const page = new Page();
      for (const each of [...list, { type: "flush" as const }]) {
        const deltas = carryOut(circuit, truth, each);
        if (deltas === undefined) continue;
        page.apply(deltas);
        expect(byKey(page.rows("problem"))).toEqual(byKey(truth));
      }
    }),
    { numRuns: 2000 },
  );
});

it("[C2] [C4] [C5] tells the difference between two flushes, and nothing else", () => {
  fc.assert(
    fc.property(steps, (list) => {
      const circuit = new Circuit(projectId);
      const truth = new Map<string, ProblemRow>();
      let before = new Map<string, ProblemRow>();
      let whole: "once it has rows" | "now" | "no" = "once it has rows";
      for (const each of [...list, { type: "flush" as const }]) {
        const deltas = carryOut(circuit, truth, each);
        if (each.type === "clear") whole = "now";
        if (deltas === undefined) continue;
        const changed = [...truth.values()].filter((put) => before.get(put.key)?.line !== put.line);
        const gone = [...before.keys()].filter((name) => !truth.has(name));
        const told = whole === "now" || changed.length + gone.length > 0;
        expect(deltas.length).toBe(told ? 1 : 0);
        if (told) {
          expect(deltas[0]?.projectId).toBe(projectId);
          expect(deltas[0]?.reset).toBe(whole !== "no");
          const upserts = whole === "no" ? changed : [...truth.values()];
          expect(byKey(deltas[0]!.upserts.map((put) => [put.key, put]))).toEqual(
            byKey(upserts.map((put) => [put.key, put])),
          );
          expect([...deltas[0]!.removals].sort()).toEqual(whole === "no" ? gone.sort() : []);
          whole = "no";
        }
        before = new Map(truth);
      }
    }),
    { numRuns: 2000 },
  );
});

it("[C6] [C7] brings a page that begins with a snapshot to what the others hold, in the same order", () => {
  fc.assert(
    fc.property(steps, steps, (first, second) => {
      const circuit = new Circuit(projectId);
      const early = new Page();
      for (const each of first) early.apply(carryOut(circuit, new Map(), each) ?? []);
      const snapshot = circuit.snapshot();
      expect(snapshot.map((delta) => [delta.view, delta.reset, delta.removals])).toEqual(
        viewNames.map((view) => [view, true, []]),
      );
      const late = new Page().apply(snapshot);
      expect(late.rows("problem")).toEqual(early.rows("problem"));
      for (const each of second) {
        const deltas = carryOut(circuit, new Map(), each) ?? [];
        early.apply(deltas);
        late.apply(deltas);
      }
      expect(late.rows("problem")).toEqual(early.rows("problem"));
      expect(new Page().apply(circuit.snapshot()).rows("problem")).toEqual(early.rows("problem"));
    }),
    { numRuns: 1000 },
  );
});

it("[C3] compares rows by what they hold", () => {
  const circuit = new Circuit(projectId);
  const run = {
    key: "r",
    phase: "building" as const,
    startedAt: 1,
    endedAt: null,
    total: 3,
    settled: 0,
    built: 0,
    reused: 0,
    cacheHits: null,
    failed: 0,
    poisoned: 0,
    cancelled: 0,
    bytesOut: 0,
    rate: 0,
    timeLeft: null,
    phaseMs: { scanning: 1, planning: 2 },
    stages: [],
    root: null,
    signature: null,
  };
  circuit.ingest("run", [run]);
  expect(circuit.flush().length).toBe(1);
  const { key: id, ...rest } = structuredClone(run);
  circuit.ingest("run", [{ ...rest, phaseMs: { planning: 2, scanning: 1 }, key: id }]);
  expect(circuit.flush()).toEqual([]);
  circuit.ingest("run", [{ ...run, phaseMs: { scanning: 1, planning: 3 } }]);
  expect(circuit.flush().length).toBe(1);
});

it("[C7] keeps the place of a row that changes, also when it went and came back", () => {
  const circuit = new Circuit(projectId);
  circuit.ingest("problem", [problem("a", 1), problem("b", 1), problem("c", 1)]);
  circuit.flush();
  circuit.ingest("problem", [], ["a"]);
  circuit.ingest("problem", [problem("d", 1), problem("a", 2)]);
  circuit.flush();
  const rows = new Page().apply(circuit.snapshot()).rows("problem");
  expect(rows.map(([name]) => name)).toEqual(["a", "b", "c", "d"]);
});

it("[C9] keeps the views apart", () => {
  const circuit = new Circuit(projectId);
  circuit.ingest("edge", [{ key: "a", first: "x", then: "y", type: "embeds", ordersBuild: true }]);
  circuit.ingest("problem", [problem("a", 1)]);
  expect(circuit.flush().map((delta) => delta.view)).toEqual(["edge", "problem"]);
  circuit.ingest("problem", [], ["a"]);
  expect(circuit.flush().map((delta) => [delta.view, delta.removals])).toEqual([["problem", ["a"]]]);
  circuit.clear("edge");
  expect(circuit.flush()).toEqual([{ projectId, view: "edge", reset: true, upserts: [], removals: [] }]);
});
