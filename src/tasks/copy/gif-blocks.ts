import { colorTableSize } from "../scan/gif-header.ts";
import { asciiAt } from "../scan/image-format.ts";
import type { Pieces } from "./pieces.ts";

const imageDescriptor = 0x2c;
const extension = 0x21;
const trailer = 0x3b;
const commentLabel = 0xfe;
const applicationLabel = 0xff;

/** How often the animation runs, and the color profile. */
const seen = new Set(["NETSCAPE2.0", "ANIMEXTS1.0", "ICCRGBG1012"]);

/**
 * The blocks that decide what is seen, up to the trailer; `undefined` when there is none. Source: GIF89a
 * specification, 15 to 27.
 */
export function gifWithoutMetadata(bytes: Uint8Array, view: DataView): Pieces {
  let offset = 13 + colorTableSize(view.getUint8(10));
  const pieces = [bytes.subarray(0, offset)];
  for (;;) {
    const block = view.getUint8(offset);
    if (block === trailer) return [...pieces, bytes.subarray(offset, offset + 1)];
    if (block !== imageDescriptor && block !== extension) return undefined;
    const data = block === extension ? offset + 2 : offset + 11 + colorTableSize(view.getUint8(offset + 9));
    const end = subBlocksEnd(view, data);
    if (block === imageDescriptor || isSeen(bytes, offset)) pieces.push(bytes.subarray(offset, end));
    offset = end;
  }
}

function isSeen(bytes: Uint8Array, offset: number): boolean {
  const label = bytes[offset + 1];
  if (label === applicationLabel) return seen.has(asciiAt(bytes, offset + 3, 11));
  return label !== commentLabel;
}

/** Throws a `RangeError` where the file ends before the sub-blocks do. */
function subBlocksEnd(view: DataView, from: number): number {
  let offset = from;
  for (let length = view.getUint8(offset); length > 0; length = view.getUint8(offset)) offset += 1 + length;
  return offset + 1;
}
