import { expect, it } from "vitest";
import { parseProjectPath } from "../../base/project-path.ts";
import { readImageHeader } from "../scan/image-header.ts";
import { decodeWithWebCodecs } from "./decode-web-codecs.ts";
import { openPicture } from "./picture.ts";
import type { Raster } from "./raster.ts";
import { shrinkFor, type Shrink } from "./spec.ts";

const path = parseProjectPath("photos/test.jpg")!;

/** A picture of slopes, as steep as what is left of a photo at an eighth of its size: a shift of half a pixel shows. */
async function photo(width: number, height: number): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d")!;
  const slope = context.createLinearGradient(0, 0, width, height);
  slope.addColorStop(0, "rgb(200 40 20)");
  slope.addColorStop(1, "rgb(10 120 240)");
  context.fillStyle = slope;
  context.fillRect(0, 0, width, height);
  for (let x = 20; x < width; x += 90) {
    const y = (x * 7) % height;
    const spot = context.createRadialGradient(x, y, 5, x, y, 70);
    spot.addColorStop(0, "rgb(250 250 220)");
    spot.addColorStop(1, "rgb(250 250 220 / 0)");
    context.fillStyle = spot;
    context.fillRect(0, 0, width, height);
  }
  return new Uint8Array(await (await canvas.convertToBlob({ type: "image/jpeg", quality: 1 })).arrayBuffer());
}

function factsOf(bytes: Uint8Array) {
  const facts = readImageHeader(bytes);
  if (facts.type !== "image") throw new Error("no picture");
  return facts;
}

async function decodedAt(bytes: Uint8Array<ArrayBuffer>, shrink: Shrink): Promise<Raster> {
  const decoded = await decodeWithWebCodecs({
    bytes,
    facts: factsOf(bytes),
    shrink,
    allocate: (width, height) => new Uint8ClampedArray(width * height * 4),
  });
  if (decoded.status !== "stored") throw new Error(decoded.status);
  return { width: decoded.width, height: decoded.height, data: decoded.pixels };
}

async function variantOf(bytes: Uint8Array<ArrayBuffer>, shrink: Shrink, width: number): Promise<Raster> {
  const opened = await openPicture({ path, facts: factsOf(bytes), shrink }, bytes);
  if (!opened.ok) throw new Error(opened.fault.message);
  const made = copyOf(opened.picture.atWidth(width));
  opened.picture.close();
  return made;
}

/** A result lies in memory that the next one takes. */
const copyOf = ({ width, height, data }: Raster): Raster => ({ width, height, data: data.slice() });

/** The ratio of signal to noise between two pictures of one size, in dB. */
function ratio(a: Raster, b: Raster): number {
  expect([a.width, a.height]).toEqual([b.width, b.height]);
  const sum = a.data.reduce((total, value, i) => total + (value - b.data[i]!) ** 2, 0);
  return 10 * Math.log10(255 ** 2 / (sum / ((a.data.length * 3) / 4)));
}

/** Means of whole squares of pixels, which is what a block that is decoded smaller stands for. */
function means({ width: from, data }: Raster, to: Raster, n: number): Raster {
  const result = Uint8ClampedArray.from({ length: to.data.length }, (_, i) => {
    const [x, y] = [(i >> 2) % to.width, Math.floor((i >> 2) / to.width)];
    let sum = 0;
    for (let j = 0; j < n * n; j++)
      sum += data[((y * n + Math.floor(j / n)) * from + x * n + (j % n)) * 4 + (i & 3)] ?? 255;
    return sum / (n * n);
  });
  return { ...to, data: result };
}

it.each([2, 4, 8] as const)(
  "[T22] decodes a JPEG %i times smaller to what the means of its pixels are",
  async (shrink) => {
    const bytes = await photo(320, 240);
    const small = await decodedAt(bytes, shrink);
    expect([small.width, small.height]).toEqual([320 / shrink, 240 / shrink]);
    expect(ratio(small, means(await decodedAt(bytes, 1), small, shrink))).toBeGreaterThan(45);
  },
);

it.each([
  { shrink: 2, width: 1603, height: 1205, wide: 800, orientation: 1 },
  { shrink: 4, width: 1603, height: 1205, wide: 200, orientation: 6 },
  { shrink: 8, width: 1603, height: 1205, wide: 200, orientation: 3 },
  { shrink: 4, width: 2000, height: 900, wide: 225, orientation: 8 },
] as const)(
  "[T22] makes of a JPEG decoded $shrink times smaller ($width × $height, orientation $orientation) what the whole of it gives",
  async ({ shrink, width, height, wide, orientation }) => {
    const bytes = await photo(width, height);
    const facts = { ...factsOf(bytes), orientation };
    const turned = orientation >= 5 ? { ...facts, width: height, height: width } : facts;
    const make = async (by: Shrink) => {
      const opened = await openPicture({ path, facts: turned, shrink: by }, bytes);
      if (!opened.ok) throw new Error(opened.fault.message);
      const made = copyOf(opened.picture.atWidth(wide));
      opened.picture.close();
      return made;
    };
    expect(ratio(await make(shrink), await make(1))).toBeGreaterThan(45);
  },
);

it.each([1, 2, 8] as const)(
  "[T15] reports a JPEG that is cut off, decoded %i times smaller",
  async (shrink) => {
    const bytes = await photo(1600, 1200);
    const opened = await openPicture(
      { path, facts: factsOf(bytes), shrink },
      bytes.slice(0, bytes.length >> 1),
    );
    expect(opened).toMatchObject({ ok: false, fault: { code: "image-undecodable" } });
  },
);

it("[T22] decodes the whole of a JPEG that does not come out as small as it was asked for", async () => {
  const bytes = await photo(320, 240);
  const decoded = await decodeWithWebCodecs({
    bytes,
    // A wish for a size that the picture's blocks cannot give.
    facts: { ...factsOf(bytes), width: 300 },
    shrink: 2,
    allocate: (width, height) => new Uint8ClampedArray(width * height * 4),
  });
  expect(decoded).toMatchObject({ status: "stored", width: 320, height: 240 });
});

it("[T22] decodes the whole of what cannot come out smaller, and shrinks no more than the greatest variant allows", async () => {
  const canvas = new OffscreenCanvas(400, 300);
  canvas.getContext("2d")!.fillRect(10, 10, 300, 100);
  const png = new Uint8Array(await (await canvas.convertToBlob({ type: "image/png" })).arrayBuffer());
  expect((await variantOf(png, 4, 100)).data).toEqual((await variantOf(png, 1, 100)).data);
  const facts = (width: number, format: "jpeg" | "png") => ({ ...factsOf(png), format, width });
  expect(shrinkFor(facts(400, "png"), 50)).toBe(1);
  expect([199, 200, 399, 400, 800, 5000].map((width) => shrinkFor(facts(width, "jpeg"), 100))).toEqual([
    1, 2, 2, 4, 8, 8,
  ]);
});
