import type { ImageFacts } from "../../model/facts.ts";
import type { ChannelOrder } from "./raster.ts";
import type { Shrink } from "./spec.ts";

type Pixels = Uint8ClampedArray<ArrayBuffer>;

/**
 * What a decoder is given. It asks for memory once it knows that it can decode, and fills all of it with colors that are not
 * premultiplied, in sRGB.
 */
export type DecodeRequest = {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly facts: ImageFacts;
  /** How much smaller a JPEG may come out of the decoder. A way to decode that cannot do so gives the whole of it. */
  readonly shrink: Shrink;
  /** Memory for a picture of this size. */
  readonly allocate: (width: number, height: number) => Pixels;
};

/**
 * How decoding ended. `stored`: the pixels lie as in the file, and the orientation is still to be applied. `shown`: it
 * has been applied. `unsupported`: this way cannot decode the format here, and another may.
 */
export type Decoded =
  | {
      readonly status: "stored" | "shown";
      readonly width: number;
      readonly height: number;
      readonly pixels: Pixels;
      readonly order: ChannelOrder;
    }
  | { readonly status: "broken"; readonly reason: string }
  | { readonly status: "unsupported" };

/** What an error says, for the text of a fault. The WebAssembly decoders throw bare numbers too. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
