import fc from "fast-check";
import { expect, it } from "vitest";
import { edgeSources } from "./digraph.ts";
import { findFeedbackEdges } from "./feedback-edges.ts";
import { distances, draw, isCycleFree, longSketch, sketches } from "./random-graph.test-kit.ts";
import type { Sketch } from "./random-graph.test-kit.ts";
import { findShortestCycle } from "./shortest-cycle.ts";
import { findCyclicComponents } from "./strongly-connected.ts";

const hasEdge = (sketch: Sketch, from: number, to: number) =>
  sketch.edges.some(([a, b]) => a === from && b === to);

function expectCycle(sketch: Sketch, cycle: readonly number[]): void {
  expect(new Set(cycle).size).toBe(cycle.length);
  expect(cycle[0]).toBe(Math.min(...cycle));
  cycle.forEach((node, i) => expect(hasEdge(sketch, node, cycle[(i + 1) % cycle.length]!)).toBe(true));
}

/** The edges inside a component, in the order of their slots. */
function inside(sketch: Sketch, members: Uint32Array) {
  const graph = draw(sketch);
  const sources = edgeSources(graph);
  const slots = [...sources.keys()].filter(
    (slot) => members.includes(sources[slot]!) && members.includes(graph.outTargets[slot]!),
  );
  return slots.map((slot) => ({ slot, edge: [sources[slot]!, graph.outTargets[slot]!] as const }));
}

function isBroken(sketch: Sketch, members: Uint32Array, cut: ReadonlySet<number>): boolean {
  const edges = inside(sketch, members).filter(({ slot }) => !cut.has(slot));
  return isCycleFree({ nodes: sketch.nodes, edges: edges.map(({ edge }) => edge) });
}

it("[G14] finds a shortest cycle of each component", () => {
  fc.assert(
    fc.property(sketches(10, 20), (sketch) => {
      const far = distances(sketch);
      for (const members of findCyclicComponents(draw(sketch))) {
        const cycle = findShortestCycle(draw(sketch), members);
        expectCycle(sketch, cycle);
        expect(cycle.length).toBe(Math.min(...[...members].map((v) => far[v]![v]!)));
      }
    }),
    { numRuns: 2000 },
  );
});

it("[G15] finds edges that break every cycle, none of them in vain", () => {
  fc.assert(
    fc.property(sketches(9, 24), (sketch) => {
      for (const members of findCyclicComponents(draw(sketch))) {
        const cut = new Set(findFeedbackEdges(draw(sketch), members));
        expect(isBroken(sketch, members, cut)).toBe(true);
        for (const slot of cut) {
          const [from, to] = inside(sketch, members).find((each) => each.slot === slot)!.edge;
          // Parallel edges stand or fall together.
          const twins = inside(sketch, members).filter(({ edge }) => edge[0] === from && edge[1] === to);
          const fewer = new Set(cut);
          for (const twin of twins) expect(fewer.delete(twin.slot)).toBe(true);
          expect(isBroken(sketch, members, fewer)).toBe(false);
        }
      }
    }),
    { numRuns: 500 },
  );
});

it("[G16] breaks the cycles of small components with the fewest edges", () => {
  const fewest = (sketch: Sketch, members: Uint32Array) => {
    const slots = inside(sketch, members).map(({ slot }) => slot);
    const sizes = Array.from({ length: 2 ** slots.length }, (_, bits) => {
      const cut = new Set(slots.filter((_slot, i) => (bits >> i) & 1));
      return isBroken(sketch, members, cut) ? cut.size : Infinity;
    });
    return Math.min(...sizes);
  };
  fc.assert(
    fc.property(sketches(6, 9), (sketch) => {
      for (const members of findCyclicComponents(draw(sketch))) {
        expect(findFeedbackEdges(draw(sketch), members).length).toBe(fewest(sketch, members));
      }
    }),
    { numRuns: 120 },
  );
});

it("[G17] stays true when the budget is used up", () => {
  fc.assert(
    fc.property(sketches(9, 24), fc.nat(200), (sketch, budget) => {
      for (const members of findCyclicComponents(draw(sketch))) {
        expectCycle(sketch, findShortestCycle(draw(sketch), members, budget));
        const cut = new Set(findFeedbackEdges(draw(sketch), members, budget));
        expect(isBroken(sketch, members, cut)).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});

it("[G22] finds and breaks a ring of 1,000,000 nodes", () => {
  const ring = longSketch("ring");
  const [members] = findCyclicComponents(ring);
  expect(findShortestCycle(ring, members!).length).toBe(1_000_000);
  expect(findFeedbackEdges(ring, members!).length).toBe(1);
}, 60_000);
