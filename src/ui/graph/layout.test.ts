import fc from "fast-check";
import { expect, it } from "vitest";
import { layoutGraph, nodeSize, type LayoutInput } from "./layout.ts";

const graphs = fc.array(fc.nat(5), { minLength: 1, maxLength: 200 }).chain((generations) =>
  fc
    .array(fc.tuple(fc.nat(generations.length - 1), fc.nat(generations.length - 1)), { maxLength: 300 })
    .map((edges): LayoutInput => ({
      generationOf: Uint32Array.from(generations),
      first: Uint32Array.from(edges, ([first]) => first),
      then: Uint32Array.from(edges, ([, then]) => then),
    })),
);

it("puts no node on another, and each into the band of its generation", () => {
  fc.assert(
    fc.property(graphs, (input) => {
      const { x, y, bands } = layoutGraph(input);
      const places = new Set(Array.from(x, (left, node) => `${left} ${y[node]}`));
      expect(places.size).toBe(input.generationOf.length);
      input.generationOf.forEach((generation, node) => {
        const band = bands.find((one) => one.generation === generation);
        expect(x[node]).toBeGreaterThanOrEqual(band?.x ?? Infinity);
        expect((x[node] ?? 0) + nodeSize.width).toBeLessThanOrEqual((band?.x ?? 0) + (band?.width ?? 0));
      });
    }),
  );
});

it("keeps bands apart and in the order of generations", () => {
  fc.assert(
    fc.property(graphs, (input) => {
      const { bands, width } = layoutGraph(input);
      bands.forEach((band, at) => {
        const next = bands[at + 1];
        if (next !== undefined) expect(next.x).toBeGreaterThan(band.x + band.width);
        if (next !== undefined) expect(next.generation).toBeGreaterThan(band.generation);
        expect(band.x + band.width).toBeLessThanOrEqual(width);
      });
    }),
  );
});

it("draws two parallel chains without a crossing, whatever their names", () => {
  // 0 and 1 feed 3 and 2: by name they would cross.
  const input = {
    generationOf: Uint32Array.of(0, 0, 1, 1),
    first: Uint32Array.of(0, 1),
    then: Uint32Array.of(3, 2),
  };
  const { y } = layoutGraph(input);
  expect(Math.sign((y[0] ?? 0) - (y[1] ?? 0))).toBe(Math.sign((y[3] ?? 0) - (y[2] ?? 0)));
});

it("wraps a long generation, so that the drawing keeps the shape of a screen", () => {
  const { width, height } = layoutGraph({
    generationOf: new Uint32Array(5000),
    first: new Uint32Array(),
    then: new Uint32Array(),
  });
  expect(width / height).toBeGreaterThan(1);
  expect(width / height).toBeLessThan(3);
});
