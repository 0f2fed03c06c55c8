import type { VariantFormat } from "../../model/settings.ts";
import { encodeAvif } from "./encode-avif.ts";
import { encodeWebp } from "./encode-webp.ts";
import type { Encode } from "./encoder.ts";

/** The encoder of each format, and the longest side that the format can hold. */
export const encoders: Readonly<
  Record<VariantFormat, { readonly encode: Encode; readonly maxSide: number }>
> = {
  webp: { encode: encodeWebp, maxSide: 16_383 },
  avif: { encode: encodeAvif, maxSide: 65_535 },
};
