import { exifOrientation } from "./exif-orientation.ts";
import type { StoredHeader } from "./stored-header.ts";

const ihdr = 0x49484452;
const acTL = 0x6163544c;
const eXIf = 0x65584966;
const iend = 0x49454e44;

/** The header of a PNG. Source: PNG third edition, 5.3 (chunks), 11.3.3.1 (`acTL`), 11.3.4.5 (`eXIf`). */
export function readPngHeader(view: DataView): StoredHeader | undefined {
  if (view.getUint32(12) !== ihdr) return undefined;
  const width = view.getUint32(16);
  const height = view.getUint32(20);
  let animated = false;
  let orientation = 1;
  for (let offset = 8; offset + 8 <= view.byteLength;) {
    const type = view.getUint32(offset + 4);
    if (type === iend) break;
    if (type === acTL) animated = true;
    if (type === eXIf) orientation = exifOrientation(view, offset + 8);
    offset += 12 + view.getUint32(offset);
  }
  return { width, height, orientation, animated };
}
