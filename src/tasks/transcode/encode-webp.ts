import { init } from "@jsquash/webp/encode.js";
import { defaultOptions } from "@jsquash/webp/meta.js";
import { createCodec } from "./codec.ts";
import type { Encode } from "./encoder.ts";

const codec = createCodec(() => init());

/**
 * Encodes as lossy WebP. Method 2 takes 0.4 of the time of libwebp's default 4, for 3.4 % more bytes and 0.3 dB less.
 */
export const encodeWebp: Encode = ({ data, width, height }, quality) =>
  codec((module) => module.encode(data, width, height, { ...defaultOptions, quality, method: 2 }));
