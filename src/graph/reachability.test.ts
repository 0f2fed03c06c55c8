import fc from "fast-check";
import { expect, it } from "vitest";
import { distances, draw, longSketch, sketches } from "./random-graph.test-kit.ts";
import { findAncestors, findDescendants } from "./reachability.ts";

it("[G18] finds what paths lead to, and what they come from", () => {
  const picks = fc.array(fc.nat(9), { maxLength: 3 });
  fc.assert(
    fc.property(sketches(10, 16), picks, (sketch, some) => {
      const starts = some.filter((v) => v < sketch.nodes);
      const far = distances(sketch);
      const all = [...far.keys()];
      const down = all.filter((v) => starts.some((s) => far[s]![v]! < Infinity));
      const up = all.filter((v) => starts.some((s) => far[v]![s]! < Infinity));
      expect([...findDescendants(draw(sketch), starts)]).toEqual(down);
      expect([...findAncestors(draw(sketch), starts)]).toEqual(up);
    }),
    { numRuns: 2000 },
  );
});

it("[G22] walks a chain of 1,000,000 nodes", () => {
  expect(findDescendants(longSketch("chain"), [0]).length).toBe(999_999);
  expect(findAncestors(longSketch("ring"), [5]).length).toBe(1_000_000);
}, 60_000);
