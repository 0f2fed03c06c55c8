import { halvedSide, halvingsFor } from "./halvings.ts";
import { lanczosTaps, type Taps } from "./lanczos-taps.ts";
import { invariant } from "../../base/invariant.ts";
import type { ChannelOrder, Raster } from "./raster.ts";
import { compileResizeKernel, type ResizeKernel } from "./resize-kernel.ts";
import { inRgba, resizeScalar } from "./resize-scalar.ts";

type Size = { readonly width: number; readonly height: number };

/**
 * Makes pictures of other sizes of one source with Lanczos-3: each row first vertically and then horizontally, in
 * 14-bit fixed point with one rounding to 8 bits between the passes. A source of at least four times the size is halved
 * first, as often as it takes. Integers alone, so the same pixels with and without SIMD, in every browser; and each
 * size comes from the source or a half of it, so it does not depend on which other sizes are made.
 */
export type Resizer = {
  /** The source's pixels, for the caller to fill before the first `resize` and not to touch afterwards. */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
  /**
   * Neither side may be larger than the source's. Color must be premultiplied by alpha, and comes out so. The result lies
   * in the resizer's memory, until the next `resize` or the next source: a copy costs as much as a third of resizing.
   */
  resize(to: Size, from: ChannelOrder): Raster;
  /** Gives the memory back, for the next source. */
  close(): void;
};

/**
 * Opens a resizer for a source of this size: 4 bytes of memory a pixel, a third more for halves, and the largest result.
 * `extent` is how much of it the picture fills, where its last row and column stand for less than a pixel.
 */
export function openResizer(source: Size, extent = source): Resizer {
  compiled ??= { module: compileResizeKernel() };
  const { module } = compiled;
  return module === undefined ? scalarResizer(source, extent) : simdResizer(source, extent, module);
}

let compiled: { readonly module: WebAssembly.Module | undefined } | undefined;

function scalarResizer({ width: from, height: tall }: Size, extent: Size): Resizer {
  const pixels = new Uint8ClampedArray(from * tall * 4);
  const source = { width: from, height: tall, data: pixels };
  return {
    pixels,
    resize: (to, order) => inRgba(resizeScalar(source, to, extent), order),
    close: () => {},
  };
}

const pageSize = 65_536;
/** The kernel reads whole blocks, so it may look this far past the end of a row. */
const slack = 64;
/** A memory above this size is left to the garbage collector, since WebAssembly cannot shrink it. */
const keptBytes = 256 * 1024 * 1024;

type Engine = { readonly memory: WebAssembly.Memory; readonly kernel: ResizeKernel };

/** Kept from one source to the next: fresh memory costs 25 ms for 12 megapixels. */
let spare: Engine | undefined;

function simdResizer(source: Size, extent: Size, module: WebAssembly.Module): Resizer {
  const engine = spare ?? createEngine(module);
  spare = undefined;
  const bytes = source.width * source.height * 4;
  reserve(engine.memory, bytes);
  const levels = [{ ...source, at: 0 }];
  return {
    pixels: new Uint8ClampedArray(engine.memory.buffer, 0, bytes),
    resize: (to, order) => resizeWith(engine, { levels, extent, order }, to),
    close: () => {
      if (engine.memory.buffer.byteLength <= keptBytes) spare = engine;
    },
  };
}

/** The source, or it halved some times, and where its pixels are in the memory. */
type Level = Size & { readonly at: number };

const endOf = ({ at, width, height }: Level): number => (at + width * height * 4 + slack + 15) & ~15;

/** The last of `levels` that is `halvings` times halved; those on the way to it are made where they are missing. */
function levelAt({ memory, kernel }: Engine, levels: Level[], halvings: number): Level {
  for (let last = levels.at(-1); last !== undefined && levels.length <= halvings; last = levels.at(-1)) {
    const half = { at: endOf(last), width: halvedSide(last.width, 1), height: halvedSide(last.height, 1) };
    reserve(memory, endOf(half));
    const stride = last.width * 4;
    for (let y = 0; y < half.height; y++)
      kernel.halve(last.at + 2 * y * stride, stride, half.at + y * half.width * 4, Math.ceil(half.width / 4));
    levels.push(half);
  }
  const level = levels[halvings];
  invariant(level !== undefined, "a level is made before it is taken");
  return level;
}

function createEngine(module: WebAssembly.Module): Engine {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return { memory, kernel: exports as ResizeKernel };
}

function reserve(memory: WebAssembly.Memory, bytes: number): void {
  const missing = Math.ceil((bytes + slack - memory.buffer.byteLength) / pageSize);
  if (missing > 0) memory.grow(missing);
}

type Source = { readonly levels: Level[]; readonly extent: Size; readonly order: ChannelOrder };

function resizeWith(engine: Engine, { levels, extent, order }: Source, to: Size): Raster {
  const { memory, kernel } = engine;
  const [source = to] = levels;
  const halvings = halvingsFor(source, to);
  const level = levelAt(engine, levels, halvings);
  const rows = lanczosTaps(level.height, to.height, extent.height / 2 ** halvings);
  const columns = lanczosTaps(level.width, to.width, extent.width / 2 ** halvings);
  const stride = level.width * 4;
  const places = layOut(memory, { rows, columns, level, free: endOf(levels.at(-1) ?? level), to });
  const blocks = Math.ceil(stride / 16);
  const pairs = Math.ceil(rows.used / 2);
  const columnsOf = order === "bgra" ? kernel.columnsOfBgra : kernel.columns;
  for (let y = 0; y < to.height; y++) {
    const from = level.at + (rows.starts[y] ?? 0) * stride;
    kernel.rows(from, stride, places.rowWeights + y * rows.size * 2, pairs, places.row, blocks);
    const out = places.result + y * to.width * 4;
    columnsOf(places.row, places.starts, places.columnWeights, columns.size / 4, out, to.width);
  }
  return { ...to, data: new Uint8ClampedArray(memory.buffer, places.result, to.width * to.height * 4) };
}

type Layout = {
  readonly rows: Taps;
  readonly columns: Taps;
  readonly level: Level;
  /** Behind all levels. */
  readonly free: number;
  readonly to: Size;
};

/**
 * Places everything behind the levels in the memory, and copies the taps there. The kernel reads rows of weight 0 past
 * the last one, as many as there are taps, whatever they hold: they only have to be inside the memory.
 */
function layOut(memory: WebAssembly.Memory, { rows, columns, level, free, to }: Layout) {
  let next = free;
  const take = (bytes: number) => {
    const at = (next + 15) & ~15;
    next = at + bytes;
    return at;
  };
  const rowWeights = take(rows.weights.byteLength);
  const starts = take(columns.starts.byteLength);
  const columnWeights = take(columns.weights.byteLength);
  const row = take((level.width + columns.size) * 4 + slack);
  const result = take(to.width * to.height * 4);
  reserve(memory, Math.max(next, level.at + level.width * 4 * (level.height + rows.size)));
  new Int16Array(memory.buffer, rowWeights, rows.weights.length).set(rows.weights);
  new Int32Array(memory.buffer, starts, columns.starts.length).set(columns.starts);
  new Int16Array(memory.buffer, columnWeights, columns.weights.length).set(columns.weights);
  return { rowWeights, starts, columnWeights, row, result };
}
