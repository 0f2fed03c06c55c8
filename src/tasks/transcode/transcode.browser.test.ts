import { describe, expect, it } from "vitest";
import { createMemoryStores } from "../../artifacts/memory-stores.ts";
import { parseProjectPath } from "../../base/project-path.ts";
import type { ImageFacts } from "../../model/facts.ts";
import { asResourceId, type ContentHash } from "../../model/ids.ts";
import type { TaskResult } from "../../model/wire.ts";
import { readImageHeader } from "../scan/image-header.ts";
import { decodeWithCanvas } from "./decode-canvas.ts";
import { decodeWithWasm } from "./decode-wasm.ts";
import { decodeWithWebCodecs } from "./decode-web-codecs.ts";
import type { Decoded, DecodeRequest } from "./decoder.ts";
import { run } from "./run.ts";
import { maxPixels, type Variant } from "./spec.ts";

const path = parseProjectPath("photos/test.png")!;

/** A picture whose four quarters differ, so that turning, mirroring and bleeding show. */
async function draw(
  width: number,
  height: number,
  type: string,
  alpha = 1,
): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d")!;
  context.globalAlpha = alpha;
  const quarters = ["rgb(255 0 0)", "rgb(0 255 0)", "rgb(0 0 255)", "rgb(255 255 0)"];
  quarters.forEach((color, i) => {
    context.fillStyle = color;
    context.fillRect((i % 2) * (width / 2), (i >> 1) * (height / 2), width / 2, height / 2);
  });
  return new Uint8Array(await (await canvas.convertToBlob({ type, quality: 1 })).arrayBuffer());
}

function factsOf(bytes: Uint8Array): ImageFacts {
  const header = readImageHeader(bytes);
  if (header.type !== "image") throw new Error(`not an image: ${header.type}`);
  return header;
}

function variant(width: number, format: Variant["format"] = "webp"): Variant {
  return { resourceId: asResourceId(`variant:${width}.${format}`), width, format, quality: 80 };
}

async function transcodeAll(
  bytes: Uint8Array<ArrayBuffer>,
  variants: readonly Variant[],
  facts: ImageFacts = factsOf(bytes),
) {
  const { artifacts, highlighted } = createMemoryStores();
  const signal = new AbortController().signal;
  const input = { path, bytes: { type: "file", file: new Blob([bytes]) }, facts, shrink: 1, variants };
  const items = [{ resourceId: asResourceId("transcode"), input }];
  const results = await run(items, { artifacts, highlighted, signal });
  return { results, artifacts };
}

function faultCode(result: TaskResult | undefined): string | undefined {
  return result?.status === "failed" ? result.fault.code : undefined;
}

async function outputs(bytes: Uint8Array<ArrayBuffer>, variants: readonly Variant[], facts?: ImageFacts) {
  const { results, artifacts } = await transcodeAll(bytes, variants, facts);
  return Promise.all(
    results.map(async (result) => {
      if (result.status !== "done" || result.artifact === null) throw new Error(JSON.stringify(result));
      return {
        hash: result.artifact.hash,
        type: result.artifact.type,
        bytes: (await artifacts.get(result.artifact.hash))!,
      };
    }),
  );
}

async function pixelsOf(bytes: Uint8Array<ArrayBuffer>): Promise<ImageData> {
  const bitmap = await createImageBitmap(new Blob([bytes]), { premultiplyAlpha: "none" });
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d")!;
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, bitmap.width, bitmap.height);
}

/** The color in the middle of each quarter, as letters. */
function quartersOf({ data, width, height }: ImageData): string {
  const letters: Record<string, string> = { "1,0,0": "R", "0,1,0": "G", "0,0,1": "B", "1,1,0": "Y" };
  return [0, 1, 2, 3]
    .map((i) => {
      const x = Math.floor(width * (i % 2 === 0 ? 0.25 : 0.75));
      const y = Math.floor(height * (i < 2 ? 0.25 : 0.75));
      const at = (y * width + x) * 4;
      return letters[[...data.slice(at, at + 3)].map((v) => (v > 127 ? 1 : 0)).join()] ?? "?";
    })
    .join("");
}

describe("transcoding in Chromium", () => {
  it.each(["image/png", "image/jpeg", "image/webp"])(
    "[T10] makes each width and format of a %s",
    async (type) => {
      const source = await draw(120, 80, type);
      const variants = [variant(120), variant(60), variant(30, "avif")];
      const made = await outputs(source, variants);
      expect(made.map((output) => output.type)).toEqual(["image/webp", "image/webp", "image/avif"]);
      for (const [i, output] of made.entries()) {
        const facts = factsOf(output.bytes);
        const width = variants[i]!.width;
        expect([facts.format, facts.width, facts.height]).toEqual([
          variants[i]!.format,
          width,
          (width * 2) / 3,
        ]);
        expect(quartersOf(await pixelsOf(output.bytes))).toBe("RGBY");
      }
    },
  );

  it("[T11] gives the same bytes whichever other variants are made, and again", async () => {
    const source = await draw(200, 100, "image/png");
    const [, small] = await outputs(source, [variant(150), variant(50)]);
    const [alone] = await outputs(source, [variant(50)]);
    const [again] = await outputs(source, [variant(50)]);
    expect(alone!.hash).toBe(small!.hash);
    expect(again!.bytes).toEqual(alone!.bytes);
  });

  it("[T11] gives the bytes that native libwebp (sharp, quality 80, effort 2) gives for the same pixels", async () => {
    const [made] = await outputs(await draw(64, 64, "image/png"), [variant(64)]);
    expect(made!.hash).toBe("c880e2b9f630714a" as ContentHash);
  });

  it.each([
    [1, "RGBY"],
    [2, "GRYB"],
    [3, "YBGR"],
    [4, "BYRG"],
    [5, "RBGY"],
    [6, "BRYG"],
    [7, "YGBR"],
    [8, "GYRB"],
  ])(
    "[T12] turns a picture with the orientation %i upright, as the browser does",
    async (orientation, expected) => {
      const source = withOrientation(await draw(96, 64, "image/jpeg"), orientation);
      const facts = factsOf(source);
      const shown = await pixelsOf(source);
      expect([facts.width, facts.height, facts.orientation]).toEqual([
        shown.width,
        shown.height,
        orientation,
      ]);
      const [made] = await outputs(source, [variant(facts.width >> 1)]);
      const pixels = await pixelsOf(made!.bytes);
      expect([pixels.width, pixels.height]).toEqual([facts.width >> 1, facts.height >> 1]);
      expect([quartersOf(pixels), quartersOf(shown)]).toEqual([expected, expected]);
      expect(factsOf(made!.bytes).orientation).toBe(1);
    },
  );

  it("[T13] keeps transparency, and no color bleeds out of what is not seen", async () => {
    const [made] = await outputs(await draw(64, 64, "image/png", 0.5), [variant(32)]);
    const { data } = await pixelsOf(made!.bytes);
    for (let i = 3; i < data.length; i += 4) expect(Math.abs(data[i]! - 128)).toBeLessThan(4);
  });

  it("[T14] refuses by the header alone what has too many pixels, is drawn, or moves", async () => {
    const source = await draw(8, 8, "image/png");
    const facts = factsOf(source);
    const large = await transcodeAll(source, [variant(8), variant(4)], {
      ...facts,
      width: maxPixels,
      height: 2,
    });
    expect(large.results.map(faultCode)).toEqual(["image-too-large", "image-too-large"]);
    const moving = await transcodeAll(source, [variant(8)], { ...facts, animated: true });
    expect(moving.results.map(faultCode)).toEqual(["image-not-still"]);
  });

  it("[T14] does not decode bytes whose header is not the one that the scan saw", async () => {
    const { results } = await transcodeAll(await draw(8, 8, "image/png"), [variant(4)], {
      ...factsOf(await draw(8, 9, "image/png")),
    });
    expect(results.map(faultCode)).toEqual(["file-changed"]);
  });

  it.each(["image/png", "image/jpeg", "image/webp"])(
    "[T15] says that a damaged %s cannot be decoded",
    async (type) => {
      const whole = await draw(300, 300, type);
      const damaged = whole.slice(0, Math.floor(whole.length * 0.6));
      const { results } = await transcodeAll(damaged, [variant(100)], factsOf(whole));
      expect(results.map(faultCode)).toEqual(["image-undecodable"]);
    },
  );

  it("[T16] says which variant cannot be encoded, and makes the others", async () => {
    const tall = await draw(4, 17_000, "image/png");
    const { results } = await transcodeAll(tall, [variant(4), variant(2)]);
    expect(results.map((result) => faultCode(result) ?? result.status)).toEqual([
      "image-not-encoded",
      "done",
    ]);
  });
});

function rgbaOf(decoded: Decoded): readonly number[] {
  if (!("pixels" in decoded)) throw new Error("not decoded");
  const { pixels, order } = decoded;
  return Array.from(pixels, (value, i) => (order === "rgba" || (i & 1) === 1 ? value : pixels[i ^ 2]!));
}

describe("ways to decode", () => {
  const request = (bytes: Uint8Array<ArrayBuffer>): DecodeRequest => ({
    bytes,
    facts: factsOf(bytes),
    shrink: 1,
    allocate: (width, height) => new Uint8ClampedArray(width * height * 4),
  });

  it.each([
    ["a canvas", decodeWithCanvas],
    ["WebAssembly", decodeWithWasm],
  ])("[T17] gives by %s the pixels that WebCodecs gives", async (_, decoder) => {
    const source = await draw(40, 30, "image/png");
    const expected = await decodeWithWebCodecs(request(source));
    const decoded = await decoder(request(source));
    expect(rgbaOf(decoded)).toEqual(rgbaOf(expected));
  });

  it.each(["image/jpeg", "image/webp"])(
    "[T17] decodes a %s with WebAssembly as WebCodecs does, within rounding",
    async (type) => {
      const source = await draw(64, 48, type);
      const expected = rgbaOf(await decodeWithWebCodecs(request(source)));
      const decoded = rgbaOf(await decodeWithWasm(request(source)));
      const differences = decoded.map((value, i) => Math.abs(value - expected[i]!));
      expect(Math.max(...differences)).toBeLessThan(60);
      expect(differences.reduce((sum, value) => sum + value, 0) / decoded.length).toBeLessThan(2);
    },
  );

  it("[T15] reports damage with WebAssembly too, and decodes the next picture", async () => {
    const whole = await draw(100, 100, "image/png");
    const broken = { ...request(whole), bytes: whole.slice(0, whole.length >> 1) };
    expect((await decodeWithWasm(broken)).status).toBe("broken");
    expect((await decodeWithCanvas(broken)).status).toBe("broken");
    expect((await decodeWithWebCodecs(request(whole))).status).toBe("stored");
  });
});

/** Puts an EXIF segment with an orientation behind the start of a JPEG. */
function withOrientation(jpeg: Uint8Array<ArrayBuffer>, orientation: number): Uint8Array<ArrayBuffer> {
  const tiff = [
    0x4d,
    0x4d,
    0,
    42,
    0,
    0,
    0,
    8,
    0,
    1,
    0x01,
    0x12,
    0,
    3,
    0,
    0,
    0,
    1,
    0,
    orientation,
    0,
    0,
    0,
    0,
    0,
    0,
  ];
  const exif = [0x45, 0x78, 0x69, 0x66, 0, 0, ...tiff];
  const segment = [0xff, 0xe1, 0, exif.length + 2, ...exif];
  return Uint8Array.from([...jpeg.slice(0, 2), ...segment, ...jpeg.slice(2)]);
}
