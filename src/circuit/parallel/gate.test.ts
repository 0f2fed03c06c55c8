import fc from "fast-check";
import { expect, it } from "vitest";
import type { Plan } from "../plan.ts";
import { FlushCosts } from "./flush-costs.ts";
import { closedGate, decideGate, type GateInput, type GateState } from "./gate.ts";
import { placeViews, predictMs, type CrossingCost, type Load } from "./placement.ts";
import { viewCost, type ViewCost } from "./plan-cost.ts";

const crossing: CrossingCost = { messageMs: 0.2, packMs: 0.001, openMs: 0.002, answerMs: 0.001 };
const free: CrossingCost = { messageMs: 0, packMs: 0, openMs: 0, answerMs: 0 };

const view = (name: string, weights: { readonly [part: string]: number }, table = "t"): ViewCost => {
  const tables = new Set([table]);
  const parts = Object.entries(weights).map(([part, weight]) => [part, { tables, weight }] as const);
  return { name, tables, parts: new Map(parts) };
};

const loadOf = (changes: number, of: CrossingCost = crossing): Load => ({
  changes: new Map([["t", changes]]),
  unitMs: 0.001,
  crossing: of,
});

/** Views that share nothing. */
const separate = fc
  .array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 6 })
  .map((weights) => weights.map((weight, n) => view(`v${n}`, { [`p${n}`]: weight })));

/** Views, some of whose parts are those of others. */
const sharing = fc
  .array(fc.dictionary(fc.constantFrom("a", "b", "c", "d"), fc.constant(0), { minKeys: 1 }), {
    minLength: 1,
    maxLength: 6,
  })
  .map((all) =>
    all.map((parts, n) =>
      view(`v${n}`, Object.fromEntries(Object.keys(parts).map((part) => [part, "abcd".indexOf(part) + 1]))),
    ),
  );

/** Every way to put views on threads. */
function* allPlaces(views: readonly ViewCost[], threads: number): Iterable<ReadonlyMap<string, number>> {
  const [first, ...others] = views;
  if (first === undefined) return yield new Map();
  for (const places of allPlaces(others, threads))
    for (let thread = 0; thread < threads; thread++) yield new Map([...places, [first.name, thread]]);
}

it("[CG3] predicts the time of the thread that is done last, with crossing and with shared parts done once a thread", () => {
  fc.assert(
    fc.property(sharing, fc.array(fc.nat(2), { minLength: 6, maxLength: 6 }), (views, threads) => {
      const places = new Map(views.map(({ name }, n) => [name, threads[n]!]));
      const times = [0, 1, 2].map((thread) => {
        const own = views.filter(({ name }) => places.get(name) === thread);
        const parts = new Map(own.flatMap(({ parts: all }) => [...all]));
        const computing = [...parts.values()].reduce((sum, { weight }) => sum + weight * 1000 * 0.001, 0);
        if (thread === 0 || own.length === 0) return computing;
        return 0.2 + 1000 * 0.001 + 1000 * 0.002 + own.length * 1000 * 0.001 + computing;
      });
      const replicas = new Set(threads.slice(0, views.length).filter((thread) => thread > 0)).size;
      const here = times[0]! + replicas * 0.2 + (replicas > 0 ? 1000 * 0.001 : 0);
      expect(predictMs(views, places, loadOf(1000))).toBeCloseTo(Math.max(here, times[1]!, times[2]!), 9);
    }),
  );
});

it("[CG3] is never more than a third slower than the best of all placements", () => {
  fc.assert(
    fc.property(separate, fc.integer({ min: 1, max: 3 }), (views, threads) => {
      const load = loadOf(1000, free);
      const best = Math.min(
        ...[...allPlaces(views, threads)].map((places) => predictMs(views, places, load)),
      );
      const found = predictMs(views, placeViews(views, threads, load), load);
      expect(found).toBeLessThanOrEqual(best * (4 / 3) + 1e-9);
    }),
  );
});

it("[CG3] keeps views together whose common part is most of them, and parts those whose is little", () => {
  const load = loadOf(1000, free);
  const alike = ["a", "b", "c", "d"].map((name) => view(name, { common: 10, [name]: 1 }));
  expect(new Set(alike.map(({ name }) => placeViews(alike, 2, load).get(name) ?? 0)).size).toBe(1);
  const apart = ["a", "b", "c", "d"].map((name) => view(name, { common: 1, [name]: 10 }));
  expect(placeViews(apart, 2, load).size).toBe(2);
  const scan: Plan = { type: "scan", table: "t" };
  const grouped = (name: string) =>
    viewCost(name, { type: "group", of: scan, by: ["a"], aggregates: { n: { type: "count" } } }, {});
  expect([...grouped("x").parts.keys()].filter((key) => grouped("y").parts.has(key))).toHaveLength(1);
  expect(grouped("x").tables).toEqual(new Set(["t"]));
});

const input = (views: readonly ViewCost[], changes: number, more: Partial<GateInput> = {}): GateInput => ({
  views,
  load: loadOf(changes),
  cores: 2,
  slowdown: 1,
  ...more,
});

/** The state after so many flushes that are all alike. */
function after(flushes: number, of: GateInput, from: GateState = closedGate): GateState {
  let state = from;
  for (let flush = 0; flush < flushes; flush++) state = decideGate(of, state);
  return state;
}

const heavy = [1, 2, 3, 4, 5].map((n) => view(`v${n}`, { [`p${n}`]: 10 }));

it("[CG1] opens when it is clearly faster for eight flushes in a row, and only then", () => {
  expect(after(7, input(heavy, 1000)).places.size).toBe(0);
  expect(after(8, input(heavy, 1000)).places.size).toBe(2);
  const interrupted = after(1, input(heavy, 1), after(7, input(heavy, 1000)));
  expect(after(7, input(heavy, 1000), interrupted).places.size).toBe(0);
  expect(after(99, input(heavy, 1000, { cores: 1 })).places.size).toBe(0);
  expect(after(99, input(heavy.slice(0, 3), 1000)).places.size).toBe(0);
  expect(after(99, input(heavy, 3)).places.size).toBe(0);
  expect(after(99, input(heavy, 1000, { slowdown: 2 })).places.size).toBe(0);
  const cheap = heavy.map(({ name }) => view(name, { [name]: 0.5 }));
  expect(after(99, input(cheap, 100_000)).places.size).toBe(0);
  const other = heavy.map(({ name }, n) => view(name, { [name]: 10 }, n < 3 ? "t" : "u"));
  expect(after(99, input(other, 1000)).places.size).toBe(0);
});

it("[CG1] holds to its conditions whatever the views, and to min(cores, 8) threads", () => {
  let opened = 0;
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 20 }),
      fc.integer({ min: 1, max: 20_000 }),
      fc.integer({ min: 1, max: 16 }),
      (weights, changes, cores) => {
        const views = weights.map((weight, n) => view(`v${n}`, { [`p${n}`]: weight }));
        const of = input(views, changes, { cores });
        const { places } = after(8, of);
        if (places.size === 0) return;
        opened++;
        expect(views.length).toBeGreaterThanOrEqual(4);
        expect(Math.max(...places.values())).toBeLessThan(Math.min(cores, 8));
        const alone = predictMs(views, new Map(), of.load);
        expect(predictMs(views, places, of.load)).toBeLessThan(alone * 0.75);
        // What it chose it stays with.
        expect(after(99, of, { places, patience: 0 }).places).toEqual(places);
      },
    ),
  );
  expect(opened).toBeGreaterThan(20);
});

it("[CG2] closes when it is hardly faster for eight flushes in a row, and does not flap between", () => {
  const open = after(8, input(heavy, 1000));
  expect(after(7, input(heavy, 1), open).places.size).toBe(2);
  expect(after(8, input(heavy, 1), open).places.size).toBe(0);
  expect(after(8, input(heavy.slice(0, 3), 1000), open).places.size).toBe(0);
  expect(after(8, input(heavy, 1000, { slowdown: 3 }), open).places.size).toBe(0);
  // Between the two thresholds each state stays what it is.
  const between = input(heavy, 1000, { slowdown: 1.3 });
  expect(after(99, between, open).places).toBe(open.places);
  expect(after(99, between).places.size).toBe(0);
});

it("[CG2] learns what a unit takes, what flushes are about, and when threads are slower than predicted", () => {
  const costs = new FlushCosts(crossing);
  const changes = new Map([["t", 1000]]);
  for (let flush = 0; flush < 50; flush++)
    costs.add({ changes, views: heavy, places: new Map(), computedMs: 100, wallMs: 100 });
  expect(costs.load.changes.get("t")).toBe(1000);
  expect(costs.load.unitMs).toBeCloseTo(100 / 50_000, 9);
  expect(costs.slowdown).toBe(1);
  const places = new Map([
    ["v1", 1],
    ["v2", 1],
  ]);
  const expected = predictMs(heavy, places, costs.load);
  for (let flush = 0; flush < 50; flush++)
    costs.add({ changes, views: heavy, places, computedMs: 100, wallMs: expected * 3 });
  expect(costs.slowdown).toBeGreaterThan(2.5);
  for (let flush = 0; flush < 2000; flush++)
    costs.add({ changes, views: heavy, places: new Map(), computedMs: 100, wallMs: 100 });
  expect(costs.slowdown).toBeLessThan(1.5);
  for (let flush = 0; flush < 50; flush++)
    costs.add({ changes: new Map([["u", 8]]), views: heavy, places: new Map(), computedMs: 1, wallMs: 1 });
  expect(costs.load.changes.get("t")).toBeLessThan(5);
});
