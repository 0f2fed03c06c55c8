import fc from "fast-check";
import { expect, it } from "vitest";
import { buildDigraph, edgeSources } from "./digraph.ts";
import { draw, longSketch, sketches } from "./random-graph.test-kit.ts";
import type { Sketch } from "./random-graph.test-kit.ts";
import { findSimpleCycles } from "./simple-cycles.ts";

/** Every path from its least node that comes back to it, by trying all of them. */
function slowCycles({ nodes, edges }: Sketch): number[][] {
  const found: number[][] = [];
  const extend = (path: number[]): void => {
    const next = [...new Set(edges.filter(([from]) => from === path.at(-1)).map(([, to]) => to))];
    for (const node of next.sort((a, b) => a - b)) {
      if (node === path[0]) found.push(path);
      else if (node > path[0]! && !path.includes(node)) extend([...path, node]);
    }
  };
  for (let start = 0; start < nodes; start++) extend([start]);
  return found;
}

const byNodes = (a: readonly number[], b: readonly number[]) => {
  const at = a.findIndex((node, i) => node !== b[i]);
  return at === -1 ? a.length - b.length : a[at]! - (b[at] ?? -1);
};

it("[G29] finds every cycle once, in the order of their nodes", () => {
  fc.assert(
    fc.property(sketches(7, 18), (sketch) => {
      const expected = slowCycles(sketch).sort(byNodes);
      expect(findSimpleCycles(draw(sketch), Infinity)).toEqual({ cycles: expected, complete: true });
    }),
    { numRuns: 2000 },
  );
});

it("[G29] finds the first ones alone when there are more than the limit, in whatever order the edges come", () => {
  fc.assert(
    fc.property(sketches(7, 18), fc.nat(6), (sketch, limit) => {
      const expected = slowCycles(sketch).sort(byNodes);
      const turned = { ...sketch, edges: sketch.edges.toReversed() };
      for (const each of [sketch, turned]) {
        expect(findSimpleCycles(draw(each), limit)).toEqual({
          cycles: expected.slice(0, limit),
          complete: expected.length <= limit,
        });
      }
    }),
    { numRuns: 1000 },
  );
});

it("[G29] takes the first of more cycles than could ever be listed", () => {
  const nodes = 60;
  const edges = Array.from({ length: nodes * nodes }, (_, i) => [Math.floor(i / nodes), i % nodes] as const);
  const found = findSimpleCycles(draw({ nodes, edges }), 1000);
  expect([found.cycles.length, found.complete]).toEqual([1000, false]);
});

it("[G22] finds the cycle of a ring of 1,000,000 nodes", () => {
  const { cycles, complete } = findSimpleCycles(longSketch("ring"), 10);
  expect([cycles.length, cycles[0]?.length, complete]).toEqual([1, 1_000_000, true]);
  expect(findSimpleCycles(longSketch("chain"), 10).cycles).toEqual([]);
  const chain = longSketch("chain");
  const both = buildDigraph(
    chain.nodes,
    [edgeSources(chain), chain.outTargets].flatMap((ends) => [...ends]),
    [chain.outTargets, edgeSources(chain)].flatMap((ends) => [...ends]),
  );
  expect(findSimpleCycles(both, 2)).toEqual({
    cycles: [
      [0, 1],
      [1, 2],
    ],
    complete: false,
  });
}, 60_000);
