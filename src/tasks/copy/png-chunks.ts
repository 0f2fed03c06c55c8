import { asciiAt } from "../scan/image-format.ts";
import { readPngHeader } from "../scan/png-header.ts";
import { orientationExif } from "./orientation-exif.ts";
import type { Pieces } from "./pieces.ts";

/** What may be left out and yet decides what is seen: color, transparency, density, animation. */
const seen = new Set(
  "tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV mDCv cLLI cLLi bKGD hIST pHYs sPLT acTL fcTL fdAT".split(" "),
);

/**
 * The chunks that decide what is seen, up to the last one. `undefined` when that one is missing or a chunk goes over
 * the end. Source: PNG third edition, 5.3 to 5.6 and 11.
 */
export function pngWithoutMetadata(bytes: Uint8Array, view: DataView): Pieces {
  const orientation = readPngHeader(view)?.orientation ?? 1;
  const pieces = [bytes.subarray(0, 8)];
  for (let offset = 8; offset + 12 <= bytes.length;) {
    const type = asciiAt(bytes, offset + 4, 4);
    const end = offset + 12 + view.getUint32(offset);
    if (end > bytes.length) return undefined;
    if (isCritical(type) || seen.has(type)) pieces.push(bytes.subarray(offset, end));
    if (type === "IHDR" && orientation !== 1) pieces.push(chunk("eXIf", orientationExif(orientation)));
    if (type === "IEND") return pieces;
    offset = end;
  }
  return undefined;
}

/** A capital at the beginning: no picture can be shown without the chunk. */
const isCritical = (type: string): boolean => /^[A-Z]/.test(type);

function chunk(type: string, content: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + content.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, content.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(content, 8);
  view.setUint32(8 + content.length, crc32(bytes.subarray(4, 8 + content.length)));
  return bytes;
}

/** Bit by bit, since it runs over a few bytes only. Source: PNG third edition, annex D. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ ((crc & 1) === 0 ? 0 : 0xedb88320);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
