import { crc32, deflateSync } from "node:zlib";

/**
 * A PNG of 8-bit RGBA pixels, row by row from the top. The same pixels give the same bytes with the same zlib.
 * Source: W3C PNG Specification, third edition, sections 5 and 11.
 *
 * @param {number} width
 * @param {number} height
 * @param {Uint8Array | Uint8ClampedArray} rgba
 */
export function encodePng(width, height, rgba) {
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  header.setUint8(8, 8);
  header.setUint8(9, 6);
  const rows = Buffer.alloc(height * (width * 4 + 1));
  // Filter type 2 (Up) stores the difference to the row above, which suits flat shapes.
  for (let y = 0; y < height; y++) {
    const start = y * (width * 4 + 1);
    rows[start] = 2;
    for (let x = 0; x < width * 4; x++) {
      const above = y === 0 ? 0 : (rgba[(y - 1) * width * 4 + x] ?? 0);
      rows[start + 1 + x] = ((rgba[y * width * 4 + x] ?? 0) - above) & 255;
    }
  }
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  const parts = [chunk("IHDR", Buffer.from(header.buffer)), chunk("IDAT", deflateSync(rows, { level: 9 }))];
  return Buffer.concat([signature, ...parts, chunk("IEND", Buffer.alloc(0))]);
}

/**
 * @param {string} type
 * @param {Buffer} data
 */
function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}
