import fc from "fast-check";
import { expect, it } from "vitest";
import { loadHasher } from "../base/xxhash.ts";
import { withAscendingRows } from "./ascending-rows.ts";
import { signatureOfDigraph } from "./digraph-signature.ts";
import { draw, longSketch, sketches } from "./random-graph.test-kit.ts";
import type { Sketch } from "./random-graph.test-kit.ts";

const hasher = await loadHasher();
const sign = (sketch: Sketch) => signatureOfDigraph(draw(sketch), hasher);

const sorted = ({ nodes, edges }: Sketch): Sketch => ({
  nodes,
  edges: edges.toSorted(([a, b], [c, d]) => a - c || b - d),
});

const shuffled = sketches().chain((sketch) =>
  fc.record({
    sketch: fc.constant(sketch),
    mixed: fc.shuffledSubarray([...sketch.edges], { minLength: sketch.edges.length }),
  }),
);

it("[G31] makes graphs with the same edges the same arrays", () => {
  fc.assert(
    fc.property(shuffled, ({ sketch, mixed }) => {
      // Edges given source by source and target by target fill both kinds of rows ascending.
      const expected = draw(sorted(sketch));
      expect(withAscendingRows(draw(sketch))).toEqual(expected);
      expect(withAscendingRows(draw({ nodes: sketch.nodes, edges: mixed }))).toEqual(expected);
    }),
    { numRuns: 1000 },
  );
});

it("[G30] has one signature for the same edges in any order", () => {
  fc.assert(
    fc.property(shuffled, ({ sketch, mixed }) => {
      expect(sign({ nodes: sketch.nodes, edges: mixed })).toBe(sign(sketch));
    }),
    { numRuns: 1000 },
  );
});

it("[G30] tells graphs apart exactly when their nodes or edges differ", () => {
  fc.assert(
    fc.property(sketches(3, 3), sketches(3, 3), (left, right) => {
      const same = JSON.stringify(sorted(left)) === JSON.stringify(sorted(right));
      expect(sign(left) === sign(right)).toBe(same);
    }),
    { numRuns: 3000 },
  );
});

it("[G30] stays as it is from version to version", () => {
  expect(
    sign({
      nodes: 3,
      edges: [
        [0, 1],
        [1, 2],
        [1, 2],
      ],
    }),
  ).toBe("d3604119336066e8");
});

it("[G22] signs a chain of 1,000,000 nodes", () => {
  const turned = longSketch("ring");
  expect(signatureOfDigraph(longSketch("chain"), hasher)).not.toBe(signatureOfDigraph(turned, hasher));
}, 60_000);
