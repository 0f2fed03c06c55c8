import fc from "fast-check";
import { expect, it } from "vitest";
import { lanczosTaps, weightBits } from "./lanczos-taps.ts";
import type { Raster } from "./raster.ts";
import { resizeScalar } from "./resize-scalar.ts";
import { openResizer } from "./resizer.ts";

const side = fc.integer({ min: 1, max: 70 });

/** Any picture, and the size that is asked of it. */
const task = fc.tuple(side, side).chain(([width, height]) =>
  fc.record({
    source: fc
      .uint8Array({ minLength: width * height * 4, maxLength: width * height * 4 })
      .map((bytes): Raster => ({ width, height, data: new Uint8ClampedArray(bytes) })),
    width: fc.integer({ min: 1, max: width }),
    height: fc.integer({ min: 1, max: height }),
  }),
);

function resized(source: Raster, width: number, height: number): Raster {
  const resizer = openResizer(source);
  resizer.pixels.set(source.data);
  const result = resizer.resize(width, height);
  resizer.close();
  return result;
}

/** Lanczos-3 as its definition has it: one double sum in floating point, without any rounding in between. */
function exactLanczos(source: Raster, width: number, height: number): number[] {
  const kernel = (x: number) => {
    if (x === 0) return 1;
    const t = Math.PI * x;
    return Math.abs(x) < 3 ? (3 * Math.sin(t) * Math.sin(t / 3)) / (t * t) : 0;
  };
  const weights = (from: number, to: number, i: number) => {
    const scale = from / to;
    const raw = Array.from({ length: from }, (_, j) =>
      kernel((j + 0.5 - (i + 0.5) * scale) / Math.max(1, scale)),
    );
    const sum = raw.reduce((a, b) => a + b, 0);
    return raw.map((w) => w / sum);
  };
  const result: number[] = [];
  for (let y = 0; y < height; y++) {
    const wy = weights(source.height, height, y);
    for (let x = 0; x < width; x++) {
      const wx = weights(source.width, width, x);
      for (let c = 0; c < 4; c++) {
        let value = 0;
        wy.forEach((v, j) => {
          let line = 0;
          wx.forEach((w, k) => (line += w * source.data[(j * source.width + k) * 4 + c]!));
          value += v * Math.min(255, Math.max(0, line));
        });
        result.push(value);
      }
    }
  }
  return result;
}

it("[T20] gives the same pixels with SIMD as without", () => {
  fc.assert(
    fc.property(task, ({ source, width, height }) => {
      expect(resized(source, width, height)).toEqual(resizeScalar(source, width, height));
    }),
    { numRuns: 300 },
  );
});

it("[T20] gives the same pixels from a resizer that has made other sizes before", () => {
  const source = {
    width: 50,
    height: 40,
    data: Uint8ClampedArray.from({ length: 8000 }, (_, i) => (i * 7919) % 256),
  };
  const resizer = openResizer(source);
  resizer.pixels.set(source.data);
  resizer.resize(50, 40);
  resizer.resize(3, 2);
  expect(resizer.resize(25, 20)).toEqual(resizeScalar(source, 25, 20));
});

it("[T21] is Lanczos-3: near the exact double sum on smooth pictures", () => {
  fc.assert(
    fc.property(side, side, fc.double({ min: 0, max: 1, noNaN: true }), (width, height, tilt) => {
      const data = Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) => {
        const x = (i >> 2) % width;
        const y = Math.floor((i >> 2) / width);
        return 128 + 80 * Math.sin((x * tilt) / 3 + (i & 3)) * Math.cos((y * (1 - tilt)) / 3);
      });
      const to = { width: Math.max(1, width >> 1), height: Math.max(1, Math.floor(height / 1.5)) };
      const made = resized({ width, height, data }, to.width, to.height);
      const exact = exactLanczos({ width, height, data }, to.width, to.height);
      made.data.forEach((value, i) => expect(Math.abs(value - exact[i]!)).toBeLessThan(2.01));
    }),
    { numRuns: 40 },
  );
});

it("[T21] keeps a plain area plain, and a picture of the same size as it is", () => {
  fc.assert(
    fc.property(task, fc.nat(255), ({ source, width, height }, level) => {
      const plain = { ...source, data: new Uint8ClampedArray(source.data.length).fill(level) };
      const even = resized(plain, width, height);
      expect(even.data.every((value) => value === level)).toBe(true);
      expect(resized(source, source.width, source.height)).toEqual(source);
    }),
  );
});

it("[T21] gives each pixel weights whose sum is exact", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9000 }), fc.integer({ min: 1, max: 60 }), (from, wanted) => {
      const to = Math.min(from, wanted);
      const { size, weights } = lanczosTaps(from, to);
      expect(size % 4).toBe(0);
      for (let i = 0; i < to; i++) {
        const sum = weights.subarray(i * size, (i + 1) * size).reduce((a, b) => a + b, 0);
        expect(sum).toBe(1 << weightBits);
      }
    }),
  );
});
