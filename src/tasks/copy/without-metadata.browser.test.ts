import { expect, it } from "vitest";
import { taggedGif, taggedJpeg, taggedPng, taggedWebp } from "./tagged-pictures.test-kit.ts";
import { withoutMetadata } from "./without-metadata.ts";

/** Every frame as the browser shows it: upright, as RGBA. */
async function framesOf(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<readonly number[][]> {
  const decoder = new ImageDecoder({ data: bytes, type });
  await decoder.tracks.ready;
  await decoder.completed;
  const frames: number[][] = [];
  for (let frameIndex = 0; frameIndex < (decoder.tracks.selectedTrack?.frameCount ?? 0); frameIndex++) {
    const { image } = await decoder.decode({ frameIndex });
    frames.push([image.displayWidth, image.displayHeight, ...pixelsOf(image)]);
    image.close();
  }
  const bitmap = await createImageBitmap(new Blob([bytes], { type }));
  return [...frames, [bitmap.width, bitmap.height, ...pixelsOf(bitmap)]];
}

function pixelsOf(image: VideoFrame | ImageBitmap): Uint8ClampedArray {
  const canvas = new OffscreenCanvas(16, 16);
  const context = canvas.getContext("2d");
  context?.drawImage(image, 0, 0);
  return context?.getImageData(0, 0, 16, 16).data ?? new Uint8ClampedArray();
}

it.each([
  ["image/jpeg", taggedJpeg(6), 2],
  ["image/jpeg", taggedJpeg(1, "jpegProgressive"), 2],
  ["image/png", taggedPng(3), 2],
  ["image/webp", taggedWebp(8, "webpLossy"), 2],
  ["image/webp", taggedWebp(1, "webpAnimated"), 4],
  ["image/gif", taggedGif("gif"), 2],
  ["image/gif", taggedGif("gifAnimated"), 4],
] as const)("[T19] a stripped %s shows the same pixels", async (type, bytes, count) => {
  const before = await framesOf(bytes, type);
  expect(before).toHaveLength(count);
  expect(await framesOf(withoutMetadata(bytes), type)).toEqual(before);
});
