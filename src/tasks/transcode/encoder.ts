import type { Raster } from "./raster.ts";

/**
 * An encoder: the file for a picture, `quality` 1 to 100. Same pixels and quality, same bytes. Rejects when the
 * picture does not fit into its memory.
 */
export type Encode = (raster: Raster, quality: number) => Promise<Uint8Array<ArrayBuffer>>;
