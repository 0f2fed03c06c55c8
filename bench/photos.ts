import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join, resolve } from "node:path";
import type { Sharp } from "./sharp.ts";

/** A JPEG on the disk, with its size in pixels as shown. */
export type Photo = { readonly path: string; readonly width: number; readonly height: number };

/** Sizes as cameras and phones give them, each for as many photos; 626 megapixels together. */
const sizes = [
  [4032, 3024],
  [3024, 4032],
  [3264, 2448],
  [3000, 2000],
  [2048, 1536],
  [1600, 1200],
] as const;
const count = 100;

/**
 * A hundred photos in the folder of the temporary files, made once: the real ones beside the project, or the
 * project's own pictures, brought to the sizes above by enlarging and cropping, turned over, and given the grain of a
 * sensor. The same bytes each time with the same sharp. Every eighth lies on its side and says so by EXIF.
 */
export async function makePhotos(sharp: Sharp): Promise<readonly Photo[]> {
  const folder = join(tmpdir(), "strata-bench-photos-1");
  if (!existsSync(folder)) {
    const making = `${folder}-${process.pid}`;
    mkdirSync(making);
    const sources = realPhotos();
    for (let n = 0; n < count; n++)
      writeFileSync(join(making, nameOf(n)), await makePhoto(sharp, sources[n % sources.length] ?? "", n));
    renameSync(making, folder);
  }
  return Array.from({ length: count }, (_, n) => ({ path: join(folder, nameOf(n)), ...shownSize(n) }));
}

const nameOf = (n: number): string => `photo-${String(n).padStart(3, "0")}.jpg`;
const isOnItsSide = (n: number): boolean => n % 8 === 3;

function sizeOf(n: number): { readonly width: number; readonly height: number } {
  const [width, height] = sizes[n % sizes.length] ?? sizes[0];
  return { width, height };
}

function shownSize(n: number): { readonly width: number; readonly height: number } {
  const { width, height } = sizeOf(n);
  return isOnItsSide(n) ? { width: height, height: width } : { width, height };
}

/** JPEGs that are photos by their size, by name. */
function realPhotos(): readonly string[] {
  const roots = ["../../shared/corpora", "../e2e/projects", "../sample"];
  const folder = roots.map((root) => resolve(import.meta.dirname, root)).find(existsSync) ?? "";
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /^\.jpe?g$/i.test(extname(entry.name)))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

async function makePhoto(sharp: Sharp, source: string, n: number): Promise<Uint8Array> {
  const { width, height } = sizeOf(n);
  let picture = sharp(source).rotate().resize(width, height, { fit: "cover" }).removeAlpha();
  if (n % 2 === 1) picture = picture.flop();
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  addGrain(data, n);
  const photo = sharp(data, { raw: { width: info.width, height: info.height, channels: 3 } });
  const turned = isOnItsSide(n) ? photo.withMetadata({ orientation: 6 }) : photo;
  return turned.jpeg({ quality: 88 }).toBuffer();
}

/** Adds the sum of three uniform numbers to each byte, about 2.4 of 255 wide (standard deviation); xorshift32. */
function addGrain(pixels: Uint8Array, seed: number): void {
  let state = seed * 2_654_435_761 + 1;
  for (let i = 0; i < pixels.length; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const grain = (state & 7) + ((state >>> 3) & 7) + ((state >>> 6) & 7) - 10;
    pixels[i] = Math.max(0, Math.min(255, (pixels[i] ?? 0) + (grain >> 1)));
  }
}
