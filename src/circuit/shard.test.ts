import fc from "fast-check";
import { expect, it } from "vitest";
import { anyEntry, note, openCircuit, Page, put, registerAt, scan, sorted } from "./circuit.test-kit.ts";
import type { Row } from "./row.ts";
import type { Frequency } from "./view.ts";

const frequencies = ["realtime", "normal", "analytics"] as const;

it("[C20] [C21] brings up to date what is due, each frequency by itself", () => {
  const [circuit, page] = [openCircuit(), new Page()];
  for (const frequency of frequencies)
    registerAt(frequency, { circuit, name: frequency, plan: scan("note"), listener: page.listen });
  const told = (now: number): readonly string[] => {
    expect(circuit.tick(now).map(({ frequency }) => frequency)).toEqual(page.deltas.map(({ view }) => view));
    return page.take().map(({ view }) => view);
  };
  expect(told(1000)).toEqual([]);
  expect(circuit.nextTick()).toBe(null);
  circuit.defer([put(note("a", 1))]);
  expect(told(1000)).toEqual([...frequencies]);
  circuit.defer([put(note("a", 2))]);
  expect(circuit.nextTick()).toBe(1000);
  expect(told(1001)).toEqual(["realtime"]);
  expect(circuit.nextTick()).toBe(1100);
  circuit.defer([put(note("a", 3))]);
  expect(told(1099)).toEqual(["realtime"]);
  expect(told(1100)).toEqual(["normal"]);
  expect(circuit.nextTick()).toBe(6000);
  circuit.ingest(put(note("a", 4)));
  expect(page.take().map(({ view }) => view)).toEqual(["realtime"]);
  expect(told(5999)).toEqual(["normal"]);
  expect(told(6000)).toEqual(["analytics"]);
  circuit.defer([put(note("b", 4))]);
  expect(told(20)).toEqual([...frequencies]);
  expect(circuit.nextTick()).toBe(null);
});

it("[C20] shows one moment in all views of a frequency, whatever is registered and ended in between", () => {
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ entries: fc.array(anyEntry, { maxLength: 3 }) }) },
    { weight: 2, arbitrary: fc.record({ after: fc.constantFrom(1, 60, 3000) }) },
    {
      weight: 1,
      arbitrary: fc.record({ register: fc.nat(3), frequency: fc.constantFrom(...frequencies) }),
    },
    { weight: 1, arbitrary: fc.record({ end: fc.nat(3) }) },
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const [circuit, page] = [openCircuit(), new Page()];
      let now = 0;
      for (const each of steps) {
        if ("entries" in each) circuit.defer(each.entries);
        else if ("after" in each) circuit.tick((now += each.after));
        else if ("end" in each) circuit.unregister(`v${each.end}`);
        else
          registerAt(each.frequency, {
            circuit,
            name: `v${each.register}`,
            plan: scan("note"),
            listener: page.listen,
          });
        for (const frequency of frequencies) {
          const views = circuit.views().filter((name) => circuit.definition(name)?.frequency === frequency);
          const contents = views.map((name) => sorted(circuit.rows(name) ?? []));
          for (const content of contents) expect(content).toEqual(contents[0]);
          for (const name of views) expect(page.rows(name)).toEqual(circuit.rows(name));
        }
      }
    }),
  );
});

it("[C13] flushes a frequency that is far from due when its limit is reached", () => {
  const [circuit, page] = [openCircuit({ pendingLimit: 3 }), new Page()];
  registerAt("analytics", { circuit, name: "slow", plan: scan("note"), listener: page.listen });
  circuit.tick(0);
  for (const key of ["a", "b"]) circuit.ingest(put(note(key, 1)));
  expect(page.take()).toEqual([]);
  const { ok, flushes } = { flushes: [], ...circuit.ingest(put(note("c", 1))) };
  expect(ok).toBe(true);
  expect(flushes.map(({ frequency }: { frequency: Frequency }) => frequency)).toEqual([
    "realtime",
    "analytics",
  ]);
  expect(page.take()[0]?.upserts.map(({ key }: Row) => key)).toEqual(["a", "b", "c"]);
});
