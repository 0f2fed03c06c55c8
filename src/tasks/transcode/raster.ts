/** How the colors of a pixel lie in memory, 8 bits each. */
export type ChannelOrder = "rgba" | "bgra";

/** A picture in memory: RGBA, 8 bits each, row by row from the top left, without gaps. */
export type Raster = {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
};
