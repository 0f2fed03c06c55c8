import fc from "fast-check";
import { expect, it } from "vitest";
import { distances, draw, longSketch, sketches } from "./random-graph.test-kit.ts";
import { findComponents, findCyclicComponents } from "./strongly-connected.ts";

it("[G12] puts together what can be reached from each other, and numbers against the edges", () => {
  fc.assert(
    fc.property(sketches(), (sketch) => {
      const far = distances(sketch);
      const { componentOf, count } = findComponents(draw(sketch));
      for (let a = 0; a < sketch.nodes; a++) {
        for (let b = 0; b < sketch.nodes; b++) {
          const together = a === b || (far[a]![b]! < Infinity && far[b]![a]! < Infinity);
          expect(componentOf[a] === componentOf[b]).toBe(together);
        }
      }
      for (const [from, to] of sketch.edges) expect(componentOf[to]).toBeLessThanOrEqual(componentOf[from]!);
      expect(new Set(componentOf).size).toBe(count);
      expect(Math.max(-1, ...componentOf)).toBe(count - 1);
    }),
    { numRuns: 800 },
  );
});

it("[G13] lists the components with a cycle by their least member", () => {
  fc.assert(
    fc.property(sketches(10, 14), (sketch) => {
      const far = distances(sketch);
      const onCycle = [...far.keys()].filter((v) => far[v]![v]! < Infinity);
      const expected: number[][] = [];
      for (const v of onCycle) {
        const home = expected.find(([w]) => far[v]![w!]! < Infinity && far[w!]![v]! < Infinity);
        if (home === undefined) expected.push([v]);
        else home.push(v);
      }
      expect(findCyclicComponents(draw(sketch)).map((members) => [...members])).toEqual(expected);
    }),
    { numRuns: 800 },
  );
});

it("[G22] finds the components of a chain and of a ring of 1,000,000 nodes", () => {
  expect(findComponents(longSketch("chain")).count).toBe(1_000_000);
  expect(findCyclicComponents(longSketch("chain"))).toEqual([]);
  expect(findCyclicComponents(longSketch("ring")).map((members) => members.length)).toEqual([1_000_000]);
}, 60_000);
