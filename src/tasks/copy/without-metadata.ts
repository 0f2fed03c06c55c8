import { imageFormatOf } from "../scan/image-format.ts";
import { gifWithoutMetadata } from "./gif-blocks.ts";
import { jpegWithoutMetadata } from "./jpeg-segments.ts";
import { pngWithoutMetadata } from "./png-chunks.ts";
import type { Pieces } from "./pieces.ts";
import { webpWithoutMetadata } from "./webp-chunks.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * A picture without what tells where, when, by whom and with what it was made: JPEG, PNG, WebP and GIF. Its pixels,
 * color profile, animation and orientation stay. Other files, and those that are cut off or damaged, come back as they
 * are. Cost: linear.
 */
export function withoutMetadata(bytes: Bytes): Bytes {
  const pieces = piecesOf(bytes);
  const length = pieces?.reduce((sum, piece) => sum + piece.length, 0);
  if (pieces === undefined || length === undefined) return bytes;
  const result = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    result.set(piece, at);
    at += piece.length;
  }
  return result;
}

function piecesOf(bytes: Bytes): Pieces {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    switch (imageFormatOf(bytes)) {
      case "jpeg":
        return jpegWithoutMetadata(bytes, view);
      case "png":
        return pngWithoutMetadata(bytes, view);
      case "webp":
        return webpWithoutMetadata(bytes, view);
      case "gif":
        return gifWithoutMetadata(bytes, view);
      default:
        return undefined;
    }
  } catch (error) {
    // The file ends before it should.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
