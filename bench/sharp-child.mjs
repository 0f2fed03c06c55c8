// Makes variants with sharp, in a process of its own so that its time and memory are its own.
import { createRequire } from "node:module";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** @typedef {{ from: string, photos: { path: string, width: number }[], widths: number[], quality: number, effort: number, lanes: number, out: string | null }} Work */

/** @type {Work} */
const work = JSON.parse(process.argv[2] ?? "");
const sharp = createRequire(join(work.from, "bench.js"))("sharp");
sharp.cache(false);

/** @param {string} path @param {number} width */
async function variant(path, width) {
  const { quality, effort } = work;
  const bytes = await sharp(path).rotate().resize(width).webp({ quality, effort }).toBuffer();
  const name = /** @type {string} */ (path.split(/[/\\]/).pop()).replace(/\.jpg$/, `.${width}.webp`);
  if (work.out !== null) writeFileSync(join(work.out, name), bytes);
  return bytes.length;
}

const waiting = [...work.photos];
let bytes = 0;

async function lane() {
  for (let photo = waiting.pop(); photo !== undefined; photo = waiting.pop())
    for (const width of widthsOf(photo.width)) {
      const size = await variant(photo.path, width);
      bytes += size;
    }
}

/** @param {number} own the picture's own width is added where the greatest wanted is above it */
function widthsOf(own) {
  const widths = work.widths.filter((width) => width < own);
  return own <= Math.max(...work.widths) ? [...widths, own] : widths;
}

const started = performance.now();
await Promise.all(Array.from({ length: work.lanes }, lane));
const ms = performance.now() - started;
const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
const cpuMs = (userCPUTime + systemCPUTime) / 1000;
process.stdout.write(JSON.stringify({ ms, cpuMs, bytes, peakBytes: maxRSS * 1024 }));
