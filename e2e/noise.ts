import { Buffer } from "node:buffer";
import { crc32, deflateSync } from "node:zlib";

/**
 * A PNG of noise: nothing takes an encoder longer, so a build of some of them can be caught in the middle. The same
 * seed gives the same bytes.
 */
export function noisePicture(width: number, height: number, seed: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // 8 bits, RGB.
  header.set([8, 2, 0, 0, 0], 8);
  const rows = Buffer.alloc(height * (1 + width * 3));
  let state = seed;
  for (let at = 0; at < rows.length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    // Each row begins with its filter: none.
    if (at % (1 + width * 3) > 0) rows[at] = state >>> 24;
  }
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  const data = deflateSync(rows, { level: 1 });
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", data),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(typed));
  return Buffer.concat([length, typed, sum]);
}

/** A project of one page with `count` such pictures: some tenths of a second of work each. */
export function slowProject(count: number): ReadonlyMap<string, Buffer> {
  const names = Array.from({ length: count }, (_, i) => `noise-${i}.png`);
  const page = `# Noise\n\n${names.map((name) => `![${name}](${name})`).join("\n\n")}\n`;
  const pictures = names.map((name, i) => [name, noisePicture(800, 600, i + 1)] as const);
  return new Map([["index.md", Buffer.from(page)], ...pictures]);
}
