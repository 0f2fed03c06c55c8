import type { ImageFormat } from "../../model/facts.ts";
import { reasonOf, type Decoded, type DecodeRequest } from "./decoder.ts";

type Decode = (bytes: ArrayBuffer) => Promise<ImageData | null>;

/** Each decoder is loaded when it is first needed, which in a browser of today is never. */
const decoders: Readonly<Record<ImageFormat, (() => Promise<Decode>) | undefined>> = {
  jpeg: async () => (await import("@jsquash/jpeg/decode.js")).default,
  png: async () => (await import("@jsquash/png/decode.js")).default,
  webp: async () => (await import("@jsquash/webp/decode.js")).default,
  avif: async () => (await import("@jsquash/avif/decode.js")).default,
  gif: undefined,
  svg: undefined,
};

/**
 * Decodes with WebAssembly, for engines that can decode pictures in no other way in this thread. The orientation is
 * not applied. A JPEG that is cut off decodes to gray, since this decoder does not report it.
 */
export async function decodeWithWasm({ bytes, facts, allocate }: DecodeRequest): Promise<Decoded> {
  const load = decoders[facts.format];
  if (load === undefined) return { status: "unsupported" };
  const run = await load();
  try {
    const image = await run(bytes.slice().buffer);
    if (image === null) return { status: "broken", reason: "the decoder gave nothing" };
    const pixels = allocate(image.width, image.height);
    pixels.set(image.data);
    return { status: "stored", width: image.width, height: image.height, pixels, order: "rgba" };
  } catch (error) {
    return { status: "broken", reason: reasonOf(error) };
  }
}
