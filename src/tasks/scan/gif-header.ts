import type { StoredHeader } from "./stored-header.ts";

const imageDescriptor = 0x2c;
const extension = 0x21;

/** The header of a GIF; more than one image in it makes an animation. Source: GIF89a specification, 18 to 26. */
export function readGifHeader(view: DataView): StoredHeader {
  return {
    width: view.getUint16(6, true),
    height: view.getUint16(8, true),
    orientation: 1,
    animated: hasSecondImage(view),
  };
}

/** Walks the blocks up to the second image. A file that is cut off has as many images as are begun in it. */
function hasSecondImage(view: DataView): boolean {
  let images = 0;
  let offset = 13 + colorTableSize(view.getUint8(10));
  while (offset + 10 <= view.byteLength) {
    const block = view.getUint8(offset);
    if (block === imageDescriptor) {
      images++;
      if (images > 1) return true;
      offset = skipSubBlocks(view, offset + 10 + colorTableSize(view.getUint8(offset + 9)) + 1);
    } else if (block === extension) offset = skipSubBlocks(view, offset + 2);
    else return false;
  }
  return false;
}

/** Bytes of the color table that these flags announce. */
export function colorTableSize(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 << ((flags & 7) + 1);
}

function skipSubBlocks(view: DataView, from: number): number {
  let offset = from;
  while (offset < view.byteLength) {
    const length = view.getUint8(offset);
    offset += 1 + length;
    if (length === 0) break;
  }
  return offset;
}
