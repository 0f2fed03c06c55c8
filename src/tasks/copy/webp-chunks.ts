import { asciiAt } from "../scan/image-format.ts";
import { readWebpHeader } from "../scan/webp-header.ts";
import { orientationExif } from "./orientation-exif.ts";
import type { Pieces } from "./pieces.ts";

const seen = new Set(["VP8X", "ICCP", "ANIM", "ANMF", "ALPH", "VP8 ", "VP8L"]);
const exifFlag = 0x08;
const xmpFlag = 0x04;

/**
 * The chunks that decide what is seen, the flags and the size of the file told accordingly. `undefined` when the file
 * is shorter than it says. Source: RFC 9649, 2.3 to 2.7.
 */
export function webpWithoutMetadata(bytes: Uint8Array, view: DataView): Pieces {
  const fileEnd = 8 + view.getUint32(4, true);
  if (fileEnd > bytes.length) return undefined;
  const orientation = readWebpHeader(view)?.orientation ?? 1;
  const chunks: Uint8Array[] = [];
  for (let offset = 12; offset + 8 <= fileEnd;) {
    const size = view.getUint32(offset + 4, true);
    const type = asciiAt(bytes, offset, 4);
    const end = offset + 8 + size + (size & 1);
    if (end > bytes.length) return undefined;
    if (type === "VP8X" && size > 0) chunks.push(flagged(bytes.subarray(offset, end), orientation));
    else if (seen.has(type)) chunks.push(bytes.subarray(offset, end));
    offset = end;
  }
  if (orientation !== 1) chunks.push(exifChunk(orientation));
  return [header(chunks), ...chunks];
}

function flagged(chunk: Uint8Array, orientation: number): Uint8Array {
  const copy = chunk.slice();
  const flags = (copy[8] ?? 0) & ~(exifFlag | xmpFlag);
  copy[8] = orientation === 1 ? flags : flags | exifFlag;
  return copy;
}

function exifChunk(orientation: number): Uint8Array {
  const exif = orientationExif(orientation);
  return Uint8Array.from([0x45, 0x58, 0x49, 0x46, exif.length, 0, 0, 0, ...exif]);
}

function header(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = new TextEncoder().encode("RIFF....WEBP");
  const size = chunks.reduce((sum, chunk) => sum + chunk.length, 4);
  new DataView(bytes.buffer).setUint32(4, size, true);
  return bytes;
}
