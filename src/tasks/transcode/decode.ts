import { decodeWithCanvas } from "./decode-canvas.ts";
import { decodeWithWasm } from "./decode-wasm.ts";
import { decodeWithWebCodecs } from "./decode-web-codecs.ts";
import type { Decoded, DecodeRequest } from "./decoder.ts";

/** Ways to decode, the best first: native and exact; native through a canvas; WebAssembly. */
const decoders = [decodeWithWebCodecs, decodeWithCanvas, decodeWithWasm];

/** Decodes by the first way that can. */
export async function decode(request: DecodeRequest): Promise<Decoded> {
  for (const decoder of decoders) {
    const decoded = await decoder(request);
    if (decoded.status !== "unsupported") return decoded;
  }
  return { status: "unsupported" };
}
