import { exifOrientation } from "./exif-orientation.ts";
import type { StoredHeader } from "./stored-header.ts";

const startOfScan = 0xda;
const app1 = 0xe1;

/**
 * The header of a JPEG: walks from marker to marker up to the frame, which may stand behind any amount of metadata.
 * Source: ITU-T T.81, annex B; EXIF 2.32, 4.7.2.
 */
export function readJpegHeader(view: DataView): StoredHeader | undefined {
  let orientation = 1;
  let offset = 2;
  for (;;) {
    offset = markerAt(view, offset);
    const marker = view.getUint8(offset + 1);
    offset += 2;
    if (standsAlone(marker)) continue;
    if (marker === startOfScan) return undefined;
    if (isFrame(marker)) return frameAt(view, offset, orientation);
    if (marker === app1 && orientation === 1) orientation = orientationAt(view, offset);
    offset += Math.max(2, view.getUint16(offset));
  }
}

/** Skips what is no marker: fill bytes, and the garbage that some cameras leave between segments. */
export function markerAt(view: DataView, from: number): number {
  let offset = from;
  for (;;) {
    const code = view.getUint8(offset + 1);
    if (view.getUint8(offset) === 0xff && code !== 0xff && code !== 0) return offset;
    offset++;
  }
}

export function standsAlone(marker: number): boolean {
  return marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
}

/** C0 to CF begin a frame, but for Huffman tables, the reserved JPG, and arithmetic conditioning. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function frameAt(view: DataView, offset: number, orientation: number): StoredHeader {
  return {
    height: view.getUint16(offset + 3),
    width: view.getUint16(offset + 5),
    orientation,
    animated: false,
  };
}

/** `offset` is that of the segment's length, behind which "Exif\0\0" must stand. */
function orientationAt(view: DataView, offset: number): number {
  const isExif = view.getUint32(offset + 2) === 0x45786966 && view.getUint16(offset + 6) === 0;
  return isExif ? exifOrientation(view, offset + 8) : 1;
}
