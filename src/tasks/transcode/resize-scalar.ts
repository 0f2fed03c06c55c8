import { lanczosTaps, weightBits } from "./lanczos-taps.ts";
import type { Raster } from "./raster.ts";

const half = 1 << (weightBits - 1);

/** What `openResizer` does, without SIMD: the same pixels, some 30 times slower. */
export function resizeScalar(source: Raster, width: number, height: number): Raster {
  return resizeColumns(resizeRows(source, height), width);
}

function resizeRows({ width, height: from, data }: Raster, height: number): Raster {
  const { size, starts, weights } = lanczosTaps(from, height);
  const stride = width * 4;
  const result = new Uint8ClampedArray(stride * height);
  for (let y = 0; y < height; y++) {
    const start = starts[y] ?? 0;
    const count = Math.min(size, from - start);
    for (let i = 0; i < stride; i++) {
      let sum = half;
      for (let tap = 0; tap < count; tap++) {
        sum += (weights[y * size + tap] ?? 0) * (data[(start + tap) * stride + i] ?? 0);
      }
      result[y * stride + i] = sum >> weightBits;
    }
  }
  return { width, height, data: result };
}

function resizeColumns({ width: from, height, data }: Raster, width: number): Raster {
  const { size, starts, weights } = lanczosTaps(from, width);
  const result = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < result.length; i++) {
    const x = (i >> 2) % width;
    const line = ((i >> 2) - x) / width;
    const start = starts[x] ?? 0;
    const count = Math.min(size, from - start);
    let sum = half;
    for (let tap = 0; tap < count; tap++) {
      sum += (weights[x * size + tap] ?? 0) * (data[(line * from + start + tap) * 4 + (i & 3)] ?? 0);
    }
    result[i] = sum >> weightBits;
  }
  return { width, height, data: result };
}
