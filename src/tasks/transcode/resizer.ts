import { lanczosTaps, type Taps } from "./lanczos-taps.ts";
import type { Raster } from "./raster.ts";
import { compileResizeKernel, type ResizeKernel } from "./resize-kernel.ts";
import { resizeScalar } from "./resize-scalar.ts";

/** Makes pictures of other sizes of one source, whose color is premultiplied by its alpha. */
export type Resizer = { resize(width: number, height: number): Raster };

let compiled: { readonly module: WebAssembly.Module | undefined } | undefined;

/**
 * Resizes with Lanczos-3, each row first vertically and then horizontally, in 14-bit fixed point with one rounding to
 * 8 bits between the passes. Integers alone, so the same pixels with and without SIMD, in every browser. Each size is
 * made from the source itself, so it does not depend on which other sizes are made.
 *
 * Takes the source's size in memory again, until the resizer is dropped.
 */
export function openResizer(source: Raster): Resizer {
  compiled ??= { module: compileResizeKernel() };
  const { module } = compiled;
  if (module === undefined) return { resize: (width, height) => resizeScalar(source, width, height) };
  return simdResizer(source, module);
}

const pageSize = 65_536;
/** A block of the kernel may read this far past the end of a row. */
const slack = 64;

function simdResizer(source: Raster, module: WebAssembly.Module): Resizer {
  const memory = new WebAssembly.Memory({ initial: pagesFor(source.data.length + slack) });
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const kernel = exports as unknown as ResizeKernel;
  new Uint8Array(memory.buffer).set(source.data);
  return { resize: (width, height) => resizeWith(kernel, memory, source, { width, height }) };
}

type Size = { readonly width: number; readonly height: number };

function resizeWith(kernel: ResizeKernel, memory: WebAssembly.Memory, source: Size, to: Size): Raster {
  const rows = lanczosTaps(source.height, to.height);
  const columns = lanczosTaps(source.width, to.width);
  const stride = source.width * 4;
  const places = layOut(memory, { stride, rows, columns, source, to });
  const { size } = rows;
  const blocks = Math.ceil(stride / 16);
  for (let y = 0; y < to.height; y++) {
    const from = (rows.starts[y] ?? 0) * stride;
    kernel.rows(from, stride, places.rowWeights + y * size * 2, size / 2, places.row, blocks);
    const out = places.result + y * to.width * 4;
    kernel.columns(places.row, places.starts, places.columnWeights, columns.size / 4, out, to.width);
  }
  const data = new Uint8ClampedArray(memory.buffer, places.result, to.width * to.height * 4).slice();
  return { ...to, data };
}

type Layout = {
  readonly stride: number;
  readonly rows: Taps;
  readonly columns: Taps;
  readonly source: Size;
  readonly to: Size;
};

/**
 * Places everything behind the source in the memory and copies the taps there. Behind the source a gap stays as high
 * as the taps, for the rows of weight 0 that the kernel reads past the last row.
 */
function layOut(memory: WebAssembly.Memory, { stride, rows, columns, source, to }: Layout) {
  let next = stride * (source.height + rows.size) + slack;
  const take = (bytes: number) => {
    const at = (next + 15) & ~15;
    next = at + bytes;
    return at;
  };
  const rowWeights = take(rows.weights.byteLength);
  const starts = take(columns.starts.byteLength);
  const columnWeights = take(columns.weights.byteLength);
  const row = take(stride + columns.size * 4 + slack);
  const result = take(to.width * to.height * 4);
  const missing = pagesFor(next + slack) - memory.buffer.byteLength / pageSize;
  if (missing > 0) memory.grow(missing);
  new Int16Array(memory.buffer, rowWeights, rows.weights.length).set(rows.weights);
  new Int32Array(memory.buffer, starts, columns.starts.length).set(columns.starts);
  new Int16Array(memory.buffer, columnWeights, columns.weights.length).set(columns.weights);
  return { rowWeights, starts, columnWeights, row, result };
}

function pagesFor(bytes: number): number {
  return Math.ceil(bytes / pageSize);
}
