import { exifOrientation } from "./exif-orientation.ts";
import type { StoredHeader } from "./stored-header.ts";

const vp8 = 0x56503820;
const vp8l = 0x5650384c;
const vp8x = 0x56503858;
const exif = 0x45584946;
const animationFlag = 0x02;

/** The header of a WebP. Source: RFC 9649, 2.5 to 2.7 and 3.4. */
export function readWebpHeader(view: DataView): StoredHeader | undefined {
  switch (view.getUint32(12)) {
    case vp8:
      return lossy(view);
    case vp8l:
      return lossless(view);
    case vp8x:
      return extended(view);
    default:
      return undefined;
  }
}

function lossy(view: DataView): StoredHeader | undefined {
  const hasStartCode = view.getUint16(23) === 0x9d01 && view.getUint8(25) === 0x2a;
  if (!hasStartCode) return undefined;
  return still(view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff);
}

function lossless(view: DataView): StoredHeader | undefined {
  if (view.getUint8(20) !== 0x2f) return undefined;
  const bits = view.getUint32(21, true);
  return still((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
}

function still(width: number, height: number): StoredHeader {
  return { width, height, orientation: 1, animated: false };
}

function extended(view: DataView): StoredHeader {
  return {
    width: uint24(view, 24) + 1,
    height: uint24(view, 27) + 1,
    orientation: orientationIn(view),
    animated: (view.getUint8(20) & animationFlag) !== 0,
  };
}

/** Looks for the EXIF chunk, which stands behind the picture. Some writers begin it with "Exif\0\0" as in JPEG. */
function orientationIn(view: DataView): number {
  for (let offset = 12; offset + 8 <= view.byteLength;) {
    const size = view.getUint32(offset + 4, true);
    if (view.getUint32(offset) === exif && size >= 8) {
      const prefixed = view.getUint32(offset + 8) === 0x45786966;
      return exifOrientation(view, offset + (prefixed ? 14 : 8));
    }
    offset += 8 + size + (size & 1);
  }
  return 1;
}

function uint24(view: DataView, offset: number): number {
  return view.getUint16(offset, true) | (view.getUint8(offset + 2) << 16);
}
