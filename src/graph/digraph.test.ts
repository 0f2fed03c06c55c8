import fc from "fast-check";
import { expect, it } from "vitest";
import { buildDigraph, edgeSources, inDegrees, reverse } from "./digraph.ts";
import { draw, longSketch, sketches } from "./random-graph.test-kit.ts";

it("[G1] keeps every edge, and each row in the order of arrival", () => {
  fc.assert(
    fc.property(sketches(), (sketch) => {
      const graph = draw(sketch);
      expect(graph.edges).toBe(sketch.edges.length);
      for (let v = 0; v < sketch.nodes; v++) {
        const after = sketch.edges.filter(([from]) => from === v).map(([, to]) => to);
        const before = sketch.edges.filter(([, to]) => to === v).map(([from]) => from);
        expect([...graph.outTargets.subarray(graph.outStarts[v], graph.outStarts[v + 1])]).toEqual(after);
        expect([...graph.inSources.subarray(graph.inStarts[v], graph.inStarts[v + 1])]).toEqual(before);
        expect(inDegrees(graph)[v]).toBe(before.length);
      }
      const bySource = [...sketch.edges].sort(([a], [b]) => a - b).map(([from]) => from);
      expect([...edgeSources(graph)]).toEqual(bySource);
    }),
    { numRuns: 1000 },
  );
});

it.each([
  [3, [0], [3]],
  [3, [-1], [0]],
  [3, [0.5], [0]],
  [3, [0, 1], [1]],
  [0, [0], [0]],
])("[G2] refuses edges that are not in the graph: %j %j %j", (nodes, sources, targets) => {
  expect(() => buildDigraph(nodes, sources, targets)).toThrow("Broken invariant");
});

it("[G3] turns every edge round", () => {
  fc.assert(
    fc.property(sketches(), (sketch) => {
      const graph = draw(sketch);
      const turned = reverse(graph);
      const pairs = (g: typeof graph) =>
        [...edgeSources(g)].map((from, slot) => `${from} ${g.outTargets[slot]}`);
      const expected = sketch.edges.map(([from, to]) => `${to} ${from}`);
      expect(pairs(turned).sort()).toEqual(expected.sort());
      expect(reverse(turned)).toEqual(graph);
    }),
  );
});

it("[G22] draws and turns round a chain of 1,000,000 nodes", () => {
  const turned = reverse(longSketch("chain"));
  expect([turned.nodes, turned.edges, turned.outTargets[0]]).toEqual([1_000_000, 999_999, 0]);
  expect(inDegrees(turned).at(-1)).toBe(0);
  expect(edgeSources(turned).at(-1)).toBe(999_999);
}, 60_000);
