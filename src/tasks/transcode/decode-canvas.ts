import { reasonOf, type Decoded, type DecodeRequest } from "./decoder.ts";

/**
 * Decodes with `createImageBitmap` and a canvas, which apply the orientation themselves. A canvas holds premultiplied
 * color, so half transparent pixels lose some of theirs.
 */
export async function decodeWithCanvas({ bytes, facts, allocate }: DecodeRequest): Promise<Decoded> {
  if (typeof createImageBitmap === "undefined" || typeof OffscreenCanvas === "undefined") {
    return { status: "unsupported" };
  }
  try {
    const blob = new Blob([bytes], { type: `image/${facts.format}` });
    const bitmap = await createImageBitmap(blob, { premultiplyAlpha: "none" });
    return copyOut(bitmap, allocate);
  } catch (error) {
    return { status: "broken", reason: reasonOf(error) };
  }
}

function copyOut(bitmap: ImageBitmap, allocate: DecodeRequest["allocate"]): Decoded {
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  if (context === null) return { status: "unsupported" };
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const pixels = allocate(width, height);
  pixels.set(context.getImageData(0, 0, width, height, { colorSpace: "srgb" }).data);
  return { status: "shown", width, height, pixels, order: "rgba" };
}
