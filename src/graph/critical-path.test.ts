import fc from "fast-check";
import { expect, it } from "vitest";
import { findCriticalPath, findLongestPath } from "./critical-path.ts";
import { findGenerations } from "./generations.ts";
import { acyclicSketches, draw, longSketch, sketches } from "./random-graph.test-kit.ts";
import type { Sketch } from "./random-graph.test-kit.ts";

/** Every path there is, as lists of nodes. */
function allPaths({ nodes, edges }: Sketch): number[][] {
  const from = (path: number[]): number[][] => {
    const next = new Set(edges.filter(([a]) => a === path.at(-1)).map(([, b]) => b));
    return [path, ...[...next].flatMap((node) => from([...path, node]))];
  };
  return Array.from({ length: nodes }, (_, v) => v).flatMap((v) => from([v]));
}

const weightLists = fc.array(fc.nat(5), { minLength: 10, maxLength: 10 });

it("[G19] agrees with the heaviest of all paths", () => {
  fc.assert(
    fc.property(acyclicSketches(8, 12), weightLists, (sketch, weights) => {
      const weigh = (path: readonly number[]) => path.reduce((sum, v) => sum + weights[v]!, 0);
      const heaviest = (paths: readonly number[][]) => Math.max(0, ...paths.map(weigh));
      const paths = allPaths(sketch);
      const found = findCriticalPath(draw(sketch), weights);
      expect(found.length).toBe(heaviest(paths));
      expect(weigh(found.path)).toBe(found.length);
      if (sketch.nodes > 0) expect(paths).toContainEqual(found.path);
      for (let v = 0; v < sketch.nodes; v++) {
        expect(found.start[v]).toBe(heaviest(paths.filter((path) => path.at(-1) === v)) - weights[v]!);
        expect(found.remaining[v]).toBe(heaviest(paths.filter((path) => path[0] === v)));
        expect(found.slack[v]).toBe(found.length - heaviest(paths.filter((path) => path.includes(v))));
      }
      for (const v of found.path) expect(found.slack[v]).toBe(0);
      const longest = Math.max(0, ...paths.map((path) => path.length));
      expect(findLongestPath(draw(sketch)).length).toBe(longest);
    }),
    { numRuns: 1000 },
  );
});

it("[G20] leaves out what is on or behind a cycle", () => {
  fc.assert(
    fc.property(sketches(9, 12), weightLists, (sketch, weights) => {
      const { generationOf } = findGenerations(draw(sketch));
      const timed = (v: number) => generationOf[v] !== -1;
      const twin = findCriticalPath(
        draw({ nodes: sketch.nodes, edges: sketch.edges.filter(([from, to]) => timed(from) && timed(to)) }),
        weights,
      );
      const found = findCriticalPath(draw(sketch), weights);
      expect(found.path.every(timed)).toBe(true);
      for (let v = 0; v < sketch.nodes; v++) {
        expect(found.start[v]).toBe(timed(v) ? twin.start[v] : NaN);
        expect(found.remaining[v]).toBe(timed(v) ? twin.remaining[v] : NaN);
        expect(Number.isNaN(found.slack[v])).toBe(!timed(v));
      }
    }),
    { numRuns: 500 },
  );
});

it("[G22] measures a chain of 1,000,000 nodes", () => {
  expect(findLongestPath(longSketch("chain")).length).toBe(1_000_000);
}, 60_000);
