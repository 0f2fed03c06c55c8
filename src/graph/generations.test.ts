import fc from "fast-check";
import { expect, it } from "vitest";
import { inDegrees } from "./digraph.ts";
import { findGenerations, isAcyclic } from "./generations.ts";
import { sortLexicographically } from "./lexicographic-order.ts";
import { draw, isCycleFree, longSketch, sketches } from "./random-graph.test-kit.ts";
import type { Sketch } from "./random-graph.test-kit.ts";

/** The definition, applied until nothing changes. */
function slowGenerations({ nodes, edges }: Sketch): number[] {
  const found = Array<number>(nodes).fill(-1);
  for (let round = 0; round < nodes; round++) {
    for (let v = 0; v < nodes; v++) {
      const before = edges.filter(([, to]) => to === v).map(([from]) => found[from]!);
      if (!before.includes(-1)) found[v] = 1 + Math.max(-1, ...before);
    }
  }
  return found;
}

it("[G4] numbers each node one above the greatest of its predecessors", () => {
  fc.assert(
    fc.property(sketches(), (sketch) => {
      const expected = slowGenerations(sketch);
      const { generationOf, order, count } = findGenerations(draw(sketch));
      expect([...generationOf]).toEqual(expected);
      expect(count).toBe(1 + Math.max(-1, ...expected));
      expect([...order].sort((a, b) => a - b)).toEqual(
        [...expected.keys()].filter((v) => expected[v] !== -1),
      );
      const along = [...order].map((v) => expected[v]!);
      expect(along).toEqual([...along].sort((a, b) => a - b));
    }),
    { numRuns: 2000 },
  );
});

it("[G5] starts what waits for nothing, and never what waits for more than comes", () => {
  const given = fc.array(fc.constantFrom("usual", "given", "never"), { minLength: 10, maxLength: 10 });
  fc.assert(
    fc.property(sketches(), given, (sketch, words) => {
      const graph = draw(sketch);
      const waiting = inDegrees(graph);
      for (let v = 0; v < sketch.nodes; v++) {
        if (words[v] === "given") waiting[v] = 0;
        if (words[v] === "never") waiting[v]!++;
      }
      // The same graph with the edges to given nodes left out and a self loop on those that never start.
      const never = [...words.keys()].filter((v) => v < sketch.nodes && words[v] === "never");
      const edges = sketch.edges.filter(([, to]) => words[to] !== "given");
      const twin = { nodes: sketch.nodes, edges: [...edges, ...never.map((v) => [v, v] as const)] };
      expect([...findGenerations(graph, waiting).generationOf]).toEqual(slowGenerations(twin));
    }),
    { numRuns: 1000 },
  );
});

it("[G6] knows whether a node can be reached from itself", () => {
  fc.assert(
    fc.property(sketches(8, 9), (sketch) => {
      expect(isAcyclic(draw(sketch))).toBe(isCycleFree(sketch));
    }),
    { numRuns: 2000 },
  );
});

it("[G7] takes the least free node at each step", () => {
  const ranks = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 10, maxLength: 10 });
  fc.assert(
    fc.property(sketches(10, 12), ranks, (sketch, rank) => {
      const expected: number[] = [];
      for (;;) {
        const free = Array.from({ length: sketch.nodes }, (_, v) => v).filter(
          (v) =>
            !expected.includes(v) && sketch.edges.every(([from, to]) => to !== v || expected.includes(from)),
        );
        if (free.length === 0) break;
        expected.push(free.sort((a, b) => rank[a]! - rank[b]! || a - b)[0]!);
      }
      expect([...sortLexicographically(draw(sketch), rank)]).toEqual(expected);
    }),
    { numRuns: 1000 },
  );
});

it("[G22] layers and sorts a chain of 1,000,000 nodes", () => {
  const chain = longSketch("chain");
  expect(findGenerations(chain).count).toBe(1_000_000);
  expect(isAcyclic(longSketch("ring"))).toBe(false);
  expect(sortLexicographically(chain, new Uint8Array(chain.nodes)).at(-1)).toBe(999_999);
}, 60_000);
