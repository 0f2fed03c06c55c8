import fc from "fast-check";
import { expect, it } from "vitest";
import { packDelta } from "../circuit/crossing/pack-delta.ts";
import { packRows } from "../circuit/crossing/pack-rows.ts";
import { asProjectId } from "../model/ids.ts";
import { LiveViewSet, MutableView, type ViewChange } from "./live-view.ts";

type Row = { readonly key: string; readonly value: number };
type Step = {
  readonly reset: boolean;
  readonly upserts: readonly Row[];
  readonly removals: readonly string[];
};

/** Enough of them for blocks that are read row by row, few enough to meet again and again. */
const keys = Array.from({ length: 40 }, (_, i) => `key ${i}`);
const key = fc.constantFrom(...keys);
const anyStep = fc.record({
  reset: fc.boolean(),
  upserts: fc.uniqueArray(fc.record({ key, value: fc.nat(3) }), {
    selector: (row) => row.key,
    maxLength: 40,
    size: "max",
  }),
  removals: fc.uniqueArray(key, { maxLength: 6 }),
});

const packed = ({ reset, upserts, removals }: Step): ViewChange => ({
  reset,
  upserts: packRows(upserts),
  removals,
});

/** The obvious twin: a fresh map at every step, and a full comparison for what changed. */
function recompute(rows: ReadonlyMap<string, Row>, { reset, upserts, removals }: Step) {
  const next = new Map(reset ? [] : rows);
  if (!reset) for (const gone of removals) next.delete(gone);
  for (const row of upserts) next.set(row.key, row);
  return next;
}

it("[N1] holds what all deltas together say, whatever was read meanwhile", () => {
  const told = fc.record({ step: anyStep, read: fc.array(key, { maxLength: 30, size: "max" }) });
  fc.assert(
    fc.property(fc.array(told, { maxLength: 15 }), (list) => {
      const view = new MutableView<Row>((callback) => callback());
      let truth: ReadonlyMap<string, Row> = new Map();
      for (const { step, read } of list) {
        truth = recompute(truth, step);
        expect(view.apply(packed(step))).toBe(true);
        expect(view.size()).toBe(truth.size);
        for (const name of read) expect(view.get(name)).toEqual(truth.get(name));
      }
      expect([...view.rows()]).toEqual([...truth.values()]);
    }),
    { numRuns: 500 },
  );
});

it("[N2] gives the same row until another takes its place, and never changes one that was given", () => {
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 15 }), fc.array(key), (steps, read) => {
      const view = new MutableView<Row>((callback) => callback());
      for (const step of steps) {
        const given = new Map(read.map((name) => [name, view.get(name)]));
        const copies = structuredClone(given);
        const version = view.version();
        view.apply(packed(step));
        expect(given).toEqual(copies);
        const touched = new Set([...step.removals, ...step.upserts.map((row) => row.key)]);
        for (const [name, row] of given) {
          if (!step.reset && !touched.has(name)) expect(view.get(name)).toBe(row);
          if (version === view.version()) expect(view.get(name)).toBe(row);
          expect(view.get(name)).toBe(view.get(name));
        }
      }
    }),
    { numRuns: 300 },
  );
});

it("[N3] names every key that changed since a version, or says that it no longer knows", () => {
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 12 }), (steps) => {
      const view = new MutableView<Row>((callback) => callback());
      let truth: ReadonlyMap<string, Row> = new Map();
      const seen = [{ version: 0, rows: truth }];
      for (const step of steps) {
        view.apply(packed(step));
        truth = recompute(truth, step);
        seen.push({ version: view.version(), rows: truth });
      }
      for (const { version, rows } of seen) {
        const named = new Set(view.changedSince(version));
        for (const name of keys) {
          if (rows.get(name)?.value !== view.get(name)?.value) expect(named).toContain(name);
        }
      }
    }),
    { numRuns: 200 },
  );
  const view = new MutableView<Row>(() => {});
  const many = Array.from({ length: 15_000 }, (_, i) => ({ key: String(i), value: i }));
  const all = { reset: true, upserts: many, removals: [] };
  view.apply(packed(all));
  expect(view.changedSince(0)).toHaveLength(15_000);
  view.apply(packed(all));
  expect(view.changedSince(0)).toBeUndefined();
  expect(view.changedSince(1)).toHaveLength(15_000);
});

it("[N4] tells listeners once a frame, however many deltas came, and none that left", () => {
  const frames: (() => void)[] = [];
  const view = new MutableView<Row>((callback) => frames.push(callback));
  let [first, second] = [0, 0];
  view.subscribe(() => first++);
  const leave = view.subscribe(() => second++);
  for (let i = 0; i < 5; i++) {
    view.apply(packed({ reset: false, upserts: [{ key: "a", value: i }], removals: [] }));
  }
  expect(frames).toHaveLength(1);
  leave();
  frames.pop()?.();
  expect([first, second]).toEqual([1, 0]);
  view.apply(packed({ reset: false, upserts: [], removals: ["not there"] }));
  expect(frames).toHaveLength(0);
});

it("[N5] keeps the deltas of the shown project and no other's", () => {
  const [ours, theirs] = [asProjectId("ours"), asProjectId("theirs")];
  const views = new LiveViewSet((callback) => callback());
  const problem = { severity: "error", code: "x", path: "a.md", line: 1, message: "m", remedy: "r" } as const;
  const of = (projectId: typeof ours, name: string) =>
    packDelta({
      projectId,
      view: "problem",
      reset: false,
      upserts: [{ key: name, ...problem }],
      removals: [],
    });
  views.apply([of(ours, "early")]);
  views.show(ours);
  views.apply([of(ours, "a"), of(theirs, "b")]);
  expect([...views.views.problem.rows()]).toEqual([{ key: "a", ...problem }]);
  views.show(theirs);
  expect(views.views.problem.size()).toBe(0);
});

it("[N23] leaves a view as it was when a delta cannot be read, and says so", () => {
  const ours = asProjectId("ours");
  const views = new LiveViewSet((callback) => callback());
  views.show(ours);
  const edge = { key: "e", first: "a", then: "b", type: "embeds", ordersBuild: true } as const;
  const good = packDelta({ projectId: ours, view: "edge", reset: true, upserts: [edge], removals: [] });
  expect(views.apply([good])).toBe(true);
  const version = views.views.edge.version();
  const [name] = good.upserts.columns;
  const torn = { ...good, removals: ["e"], upserts: { ...good.upserts, columns: [name!], count: 2 } };
  expect(views.apply([torn])).toBe(false);
  expect([views.views.edge.version(), views.views.edge.get("e")]).toEqual([version, edge]);
});
