import type { ImageFacts, ImageFormat } from "../../model/facts.ts";
import { readAvifHeader } from "./avif-header.ts";
import { readGifHeader } from "./gif-header.ts";
import { imageFormatOf } from "./image-format.ts";
import { readJpegHeader } from "./jpeg-header.ts";
import { readPngHeader } from "./png-header.ts";
import type { StoredHeader } from "./stored-header.ts";
import { readSvgSize } from "./svg-header.ts";
import { readWebpHeader } from "./webp-header.ts";

/** Why an image's header tells nothing: no format that Strata reads, or one whose header is broken. */
export type HeaderTrouble =
  | { readonly type: "unknown-format" }
  | { readonly type: "broken"; readonly format: ImageFormat };

/**
 * What the header of an image tells, found by its bytes and not by its name. `bytes` is the whole file, since 3 % of
 * real JPEGs have their size beyond the first 64 kB. Nothing is decoded; never throws. Cost: some microseconds.
 */
export function readImageHeader(bytes: Uint8Array): ImageFacts | HeaderTrouble {
  const format = imageFormatOf(bytes);
  if (format === undefined) return { type: "unknown-format" };
  if (format === "svg") return svgFacts(bytes);
  const header = readStored(format, bytes);
  if (header === undefined || header.width === 0 || header.height === 0) return { type: "broken", format };
  return asShown(format, header);
}

function readStored(format: Exclude<ImageFormat, "svg">, bytes: Uint8Array): StoredHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    if (format === "jpeg") return readJpegHeader(view);
    if (format === "png") return readPngHeader(view);
    if (format === "webp") return readWebpHeader(view);
    if (format === "gif") return readGifHeader(view);
    return readAvifHeader(bytes, view);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Orientations from 5 on lay the picture on its side. */
function asShown(format: ImageFormat, header: StoredHeader): ImageFacts {
  const { width, height, orientation, animated } = header;
  const size = orientation >= 5 ? { width: height, height: width } : { width, height };
  return { type: "image", format, ...size, orientation, animated };
}

function svgFacts(bytes: Uint8Array): ImageFacts | HeaderTrouble {
  const size = readSvgSize(new TextDecoder().decode(bytes));
  if (size === undefined) return { type: "unknown-format" };
  return { type: "image", format: "svg", ...size, orientation: 1, animated: false };
}
