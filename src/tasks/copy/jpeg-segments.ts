import { markerAt, readJpegHeader, standsAlone } from "../scan/jpeg-header.ts";
import { asciiAt } from "../scan/image-format.ts";
import { orientationExif } from "./orientation-exif.ts";
import type { Pieces } from "./pieces.ts";

const endOfImage = 0xd9;
const startOfScan = 0xda;
const comment = 0xfe;

/**
 * The segments that decide what is seen: all but comments and application data; of those JFIF, the color profile and
 * Adobe's color transform stay. What stands behind the image's end (previews, films) goes too. Throws a `RangeError`
 * when the image has no end. Source: ITU-T T.81, annex B.
 */
export function jpegWithoutMetadata(bytes: Uint8Array, view: DataView): Pieces {
  const orientation = readJpegHeader(view)?.orientation ?? 1;
  const pieces = [bytes.subarray(0, 2)];
  let isFirst = true;
  for (let offset = 2; ;) {
    offset = markerAt(view, offset);
    const marker = view.getUint8(offset + 1);
    const end = segmentEnd(bytes, view, offset);
    // EXIF stands in front, but behind JFIF, which wants to be the very first.
    if (isFirst && marker !== 0xe0) {
      if (orientation !== 1) pieces.push(exifSegment(orientation));
      isFirst = false;
    }
    if (isSeen(bytes, offset, marker)) pieces.push(bytes.subarray(offset, end));
    if (marker === endOfImage) return pieces;
    offset = end;
  }
}

/** Behind the segment whose marker stands at `offset`; a scan's goes up to the next marker that is none of its own. */
function segmentEnd(bytes: Uint8Array, view: DataView, offset: number): number {
  const marker = view.getUint8(offset + 1);
  if (standsAlone(marker) || marker === endOfImage) return offset + 2;
  const end = offset + 2 + Math.max(2, view.getUint16(offset + 2));
  if (end > bytes.length) throw new RangeError("a segment of the JPEG is cut off");
  if (marker !== startOfScan) return end;
  for (let at = bytes.indexOf(0xff, end); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const code = view.getUint8(at + 1);
    const isData = code === 0 || code === 0xff || (code >= 0xd0 && code <= 0xd7);
    if (!isData) return at;
  }
  throw new RangeError("the JPEG has no end");
}

function isSeen(bytes: Uint8Array, offset: number, marker: number): boolean {
  if (marker === comment) return false;
  if (marker < 0xe0 || marker > 0xef) return true;
  if (marker === 0xe2) return asciiAt(bytes, offset + 4, 11) === "ICC_PROFILE";
  return marker === 0xe0 || marker === 0xee;
}

function exifSegment(orientation: number): Uint8Array {
  const exif = orientationExif(orientation);
  const name = [0x45, 0x78, 0x69, 0x66, 0, 0];
  return Uint8Array.from([0xff, 0xe1, 0, 2 + name.length + exif.length, ...name, ...exif]);
}
