import fc from "fast-check";
import { expect, it } from "vitest";
import { asProjectId } from "../model/ids.ts";
import { LiveViewSet, MutableView } from "./live-view.ts";

type Row = { readonly key: string; readonly value: number };

const key = fc.constantFrom("a", "b", "c", "d", "e", "f");
const delta = fc.record({
  reset: fc.boolean(),
  upserts: fc.uniqueArray(fc.record({ key, value: fc.nat(3) }), { selector: (row) => row.key, maxLength: 5 }),
  removals: fc.uniqueArray(key, { maxLength: 4 }),
});

/** The obvious twin: a fresh map at every step, and a full comparison for what changed. */
function recompute(
  rows: ReadonlyMap<string, Row>,
  step: { reset: boolean; upserts: Row[]; removals: string[] },
) {
  const next = new Map(step.reset ? [] : rows);
  if (!step.reset) for (const gone of step.removals) next.delete(gone);
  for (const row of step.upserts) next.set(row.key, row);
  return next;
}

it("[N1] holds what all deltas together say, whatever their order of removals and resets", () => {
  fc.assert(
    fc.property(fc.array(delta, { maxLength: 30 }), (steps) => {
      const view = new MutableView<Row>((callback) => callback());
      let truth: ReadonlyMap<string, Row> = new Map();
      for (const step of steps) {
        truth = recompute(truth, step);
        view.apply(step.reset, step.upserts, step.removals);
        expect(new Map(view.rows())).toEqual(truth);
        for (const name of "abcdef") expect(view.get(name)).toEqual(truth.get(name));
      }
    }),
    { numRuns: 500 },
  );
});

it("[N2] gives the same map until the version changes, and never changes one that was given", () => {
  fc.assert(
    fc.property(fc.array(delta, { maxLength: 20 }), (steps) => {
      const view = new MutableView<Row>((callback) => callback());
      for (const step of steps) {
        const before = view.rows();
        const copy = new Map(before);
        const version = view.version();
        view.apply(step.reset, step.upserts, step.removals);
        expect(new Map(before)).toEqual(copy);
        if (view.version() === version) expect(view.rows()).toBe(before);
        else expect(view.rows()).not.toBe(before);
      }
    }),
    { numRuns: 300 },
  );
});

it("[N3] names every key that changed since a version, or says that it no longer knows", () => {
  fc.assert(
    fc.property(fc.array(delta, { maxLength: 20 }), (steps) => {
      const view = new MutableView<Row>((callback) => callback());
      const seen: { version: number; rows: ReadonlyMap<string, Row> }[] = [{ version: 0, rows: new Map() }];
      for (const step of steps) {
        view.apply(step.reset, step.upserts, step.removals);
        seen.push({ version: view.version(), rows: view.rows() });
      }
      for (const { version, rows } of seen) {
        const named = new Set(view.changedSince(version));
        for (const name of "abcdef") if (rows.get(name) !== view.get(name)) expect(named).toContain(name);
      }
    }),
    { numRuns: 300 },
  );
  const view = new MutableView<Row>(() => {});
  const many = Array.from({ length: 15_000 }, (_, i) => ({ key: String(i), value: i }));
  view.apply(true, many, []);
  expect(view.changedSince(0)).toHaveLength(15_000);
  view.apply(true, many, []);
  expect(view.changedSince(0)).toBeUndefined();
  expect(view.changedSince(1)).toHaveLength(15_000);
});

it("[N4] tells listeners once a frame, however many deltas came, and none that left", () => {
  const frames: (() => void)[] = [];
  const view = new MutableView<Row>((callback) => frames.push(callback));
  let [first, second] = [0, 0];
  view.subscribe(() => first++);
  const leave = view.subscribe(() => second++);
  for (let i = 0; i < 5; i++) view.apply(false, [{ key: "a", value: i }], []);
  expect(frames).toHaveLength(1);
  leave();
  frames.pop()?.();
  expect([first, second]).toEqual([1, 0]);
  view.apply(false, [], ["not there"]);
  expect(frames).toHaveLength(0);
});

it("[N5] keeps the deltas of the shown project and no other's", () => {
  const [ours, theirs] = [asProjectId("ours"), asProjectId("theirs")];
  const views = new LiveViewSet((callback) => callback());
  const problem = { severity: "error", code: "x", path: "a.md", line: 1, message: "m", remedy: "r" } as const;
  const of = (projectId: typeof ours, name: string) =>
    ({
      projectId,
      view: "problem",
      reset: false,
      upserts: [{ key: name, ...problem }],
      removals: [],
    }) as const;
  views.apply([of(ours, "early")]);
  views.show(ours);
  views.apply([of(ours, "a"), of(theirs, "b")]);
  expect([...views.views.problem.rows().keys()]).toEqual(["a"]);
  views.show(theirs);
  expect(views.views.problem.rows().size).toBe(0);
});
