/** A picture in memory: RGBA, 8 bits each, row by row from the top left, without gaps. */
export type Raster = {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
};
