import { invariant } from "../../base/invariant.ts";
import type { ImageFacts } from "../../model/facts.ts";
import type { Raster } from "./raster.ts";

/** Orientations from 5 on lay the picture on its side. */
export const isTurned = (orientation: number): boolean => orientation >= 5;

/** The size of the picture as it lies in the file. */
export function storedSize({ width, height, orientation }: ImageFacts): { width: number; height: number } {
  return isTurned(orientation) ? { width: height, height: width } : { width, height };
}

/** Where pixel (0, 0) of the stored picture is seen, and how far one step along a stored row and column moves. */
type Walk = { readonly start: number; readonly alongRow: number; readonly alongColumn: number };

/**
 * The picture as it is meant to be seen, for an EXIF orientation of 1 to 8. The same picture for 1; from 5 on width
 * and height change places. Source: EXIF 2.32, table 6 (the corner where row 0 and column 0 are seen).
 */
export function orient(raster: Raster, orientation: number): Raster {
  if (orientation === 1) return raster;
  const { width, height } = raster;
  const result = isTurned(orientation) ? blank(height, width) : blank(width, height);
  const from = new Uint32Array(raster.data.buffer, raster.data.byteOffset, width * height);
  const to = new Uint32Array(result.data.buffer);
  const { start, alongRow, alongColumn } = walkOf(orientation, result);
  for (let y = 0, i = 0; y < height; y++) {
    let target = start + y * alongColumn;
    for (let x = 0; x < width; x++, target += alongRow) to[target] = from[i++] ?? 0;
  }
  return result;
}

function walkOf(orientation: number, { width, height }: Raster): Walk {
  const right = width - 1;
  const bottom = (height - 1) * width;
  const walks: readonly Walk[] = [
    { start: 0, alongRow: 1, alongColumn: width },
    { start: right, alongRow: -1, alongColumn: width },
    { start: bottom + right, alongRow: -1, alongColumn: -width },
    { start: bottom, alongRow: 1, alongColumn: -width },
    { start: 0, alongRow: width, alongColumn: 1 },
    { start: right, alongRow: width, alongColumn: -1 },
    { start: bottom + right, alongRow: -width, alongColumn: -1 },
    { start: bottom, alongRow: -width, alongColumn: 1 },
  ];
  const walk = walks[orientation - 1];
  invariant(walk !== undefined, "an orientation is 1 to 8");
  return walk;
}

function blank(width: number, height: number): Raster {
  return { width, height, data: new Uint8ClampedArray(width * height * 4) };
}
