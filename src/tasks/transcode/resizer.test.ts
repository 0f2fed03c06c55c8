import fc from "fast-check";
import { expect, it } from "vitest";
import { lanczosTaps, weightBits } from "./lanczos-taps.ts";
import type { Raster } from "./raster.ts";
import { inRgba, resizeScalar } from "./resize-scalar.ts";
import { openResizer } from "./resizer.ts";

const side = fc.integer({ min: 1, max: 70 });

const small = fc.integer({ min: 1, max: 40 });

type Size = { readonly width: number; readonly height: number };

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

/** A result lies in memory that the next one takes. */
const copyOf = ({ width, height, data }: Raster): Raster => ({ width, height, data: data.slice() });

function resized(source: Raster, width: number, height: number, extent: Size = source): Raster {
  const resizer = openResizer(source, extent);
  resizer.pixels.set(source.data);
  const result = copyOf(resizer.resize({ width, height }, "rgba"));
  resizer.close();
  return result;
}

/** The means of squares of `n` × `n` pixels, from the source itself; what does not fill a square is left out. */
function squares({ width, height, data }: Raster, n: number) {
  const [across, down] = [Math.floor(width / n), Math.floor(height / n)];
  const means = Array.from({ length: across * down * 4 }, (_, i) => {
    const [x, y] = [(i >> 2) % across, Math.floor((i >> 2) / across)];
    let sum = 0;
    for (let j = 0; j < n * n; j++)
      sum += data[((y * n + Math.floor(j / n)) * width + x * n + (j % n)) * 4 + (i & 3)]!;
    return sum / (n * n);
  });
  return { width: across, height: down, data: means, cut: [width / n, height / n] as const };
}

/**
 * The greatest power of two by which a source can be made smaller and stay twice what is asked for; 2 where it stays as
 * large.
 */
function squareFor(source: Raster, width: number, height: number): number {
  const times = Math.min(source.width / width, source.height / height);
  return [1, 2, 4, 8, 16, 32, 64].findLast((n) => n === 1 || times / n >= (n === 2 ? 1 : 2))!;
}

/** Lanczos-3 as its definition has it: one double sum in floating point, without any rounding in between. */
function exactLanczos(given: Raster, width: number, height: number): number[] {
  const source = squares(given, squareFor(given, width, height));
  const kernel = (x: number) => {
    if (x === 0) return 1;
    const t = Math.PI * x;
    return Math.abs(x) < 3 ? (3 * Math.sin(t) * Math.sin(t / 3)) / (t * t) : 0;
  };
  const weights = (from: number, [to, length]: readonly [number, number], i: number) => {
    const scale = length / to;
    const raw = Array.from({ length: from }, (_, j) =>
      kernel((j + 0.5 - (i + 0.5) * scale) / Math.max(1, scale)),
    );
    const sum = raw.reduce((a, b) => a + b, 0);
    return raw.map((w) => w / sum);
  };
  const result: number[] = [];
  for (let y = 0; y < height; y++) {
    const wy = weights(source.height, [height, source.cut[1]], y);
    for (let x = 0; x < width; x++) {
      const wx = weights(source.width, [width, source.cut[0]], x);
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
      expect(resized(source, width, height)).toEqual(resizeScalar(source, { width, height }));
      const extent = { width: Math.max(1, source.width - 0.875), height: Math.max(1, source.height - 0.5) };
      expect(resized(source, width, height, extent)).toEqual(resizeScalar(source, { width, height }, extent));
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
  resizer.resize({ width: 50, height: 40 }, "rgba");
  resizer.resize({ width: 3, height: 2 }, "rgba");
  expect(resizer.resize({ width: 25, height: 20 }, "rgba")).toEqual(
    resizeScalar(source, { width: 25, height: 20 }),
  );
});

it("[T20] gives the same pixels of a source whose blue comes before its red", () => {
  fc.assert(
    fc.property(task, ({ source, width, height }) => {
      const data = source.data.map((_, i) => source.data[(i & 3) === 3 ? i : (i & ~3) + 2 - (i & 3)]!);
      const resizer = openResizer(source);
      resizer.pixels.set(data);
      const made = copyOf(resizer.resize({ width, height }, "bgra"));
      resizer.close();
      expect(made).toEqual(resized(source, width, height));
      expect(made).toEqual(inRgba(resizeScalar({ ...source, data }, { width, height }), "bgra"));
    }),
  );
});

it("[T21] is Lanczos-3: near the exact double sum on smooth pictures, halved first where they are large", () => {
  fc.assert(
    fc.property(
      small,
      small,
      fc.nat(3),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (width, height, less, tilt) => {
        const data = Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) => {
          const x = (i >> 2) % width;
          const y = Math.floor((i >> 2) / width);
          return 128 + 80 * Math.sin((x * tilt) / 3 + (i & 3)) * Math.cos((y * (1 - tilt)) / 3);
        });
        const to = {
          width: Math.max(1, (width >> less) - less),
          height: Math.max(1, Math.floor(height / 1.5 ** (less * 1.8))),
        };
        const made = resized({ width, height, data }, to.width, to.height);
        const exact = exactLanczos({ width, height, data }, to.width, to.height);
        made.data.forEach((value, i) => expect(Math.abs(value - exact[i]!)).toBeLessThan(2.01));
      },
    ),
    { numRuns: 60 },
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
