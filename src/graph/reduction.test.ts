import fc from "fast-check";
import { expect, it } from "vitest";
import { compareNames } from "../base/byte-order.ts";
import { condense } from "./condensation.ts";
import { edgeSources } from "./digraph.ts";
import type { Digraph } from "./digraph.ts";
import { isAcyclic } from "./generations.ts";
import { acyclicSketches, distances, draw, longSketch, sketches } from "./random-graph.test-kit.ts";
import { findComponents } from "./strongly-connected.ts";
import { reduceTransitively } from "./transitive-reduction.ts";

const pairsOf = (graph: Digraph) =>
  [...edgeSources(graph)].map((from, slot) => `${from} ${graph.outTargets[slot]}`).sort(compareNames);

const different = (pairs: readonly (readonly [number, number])[]) =>
  [...new Set(pairs.map(([from, to]) => `${from} ${to}`))].sort(compareNames);

it("[G23] draws each component together", () => {
  fc.assert(
    fc.property(sketches(), (sketch) => {
      const { count, componentOf } = findComponents(draw(sketch));
      const between = sketch.edges
        .map(([from, to]) => [componentOf[from]!, componentOf[to]!] as const)
        .filter(([from, to]) => from !== to);
      const condensed = condense(draw(sketch));
      expect(condensed.componentOf).toEqual(componentOf);
      expect(condensed.graph.nodes).toBe(count);
      expect(pairsOf(condensed.graph)).toEqual(different(between));
      expect(isAcyclic(condensed.graph)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

it("[G24] keeps exactly the edges that no longer path stands for", () => {
  fc.assert(
    fc.property(acyclicSketches(9, 24), (sketch) => {
      const far = distances(sketch);
      const needed = sketch.edges.filter(
        ([from, to]) => !sketch.edges.some(([a, b]) => a === from && b !== to && far[b]![to]! < Infinity),
      );
      const { graph, nodeMap, complete } = reduceTransitively(draw(sketch));
      expect([...nodeMap]).toEqual(Array.from({ length: sketch.nodes }, (_, v) => v));
      expect(complete).toBe(true);
      expect(graph.nodes).toBe(sketch.nodes);
      expect(pairsOf(graph)).toEqual(different(needed));
    }),
    { numRuns: 1000 },
  );
});

it("[G24] keeps what can be reached when the budget is used up, and says so", () => {
  fc.assert(
    fc.property(acyclicSketches(9, 24), fc.nat(30), (sketch, budget) => {
      const { graph, complete } = reduceTransitively(draw(sketch), budget);
      const edges = [...edgeSources(graph)].map((from, slot) => [from, graph.outTargets[slot]!] as const);
      const isFinite = (far: number[][]) => far.map((row) => row.map((length) => length < Infinity));
      expect(isFinite(distances({ nodes: sketch.nodes, edges }))).toEqual(isFinite(distances(sketch)));
      if (complete) expect(pairsOf(graph)).toEqual(pairsOf(reduceTransitively(draw(sketch)).graph));
    }),
    { numRuns: 500 },
  );
});

it("[G24] refuses a cycle", () => {
  expect(() => reduceTransitively(draw({ nodes: 1, edges: [[0, 0]] }))).toThrow("without cycles");
});

it("[G22] condenses a ring and reduces a chain of 1,000,000 nodes", () => {
  expect(condense(longSketch("ring")).graph).toMatchObject({ nodes: 1, edges: 0 });
  expect(reduceTransitively(longSketch("chain")).graph.edges).toBe(999_999);
}, 60_000);
