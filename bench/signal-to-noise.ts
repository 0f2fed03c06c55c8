import type { Sharp } from "./sharp.ts";

/** Pixels of red, green and blue without gaps. */
type Rgb = { readonly width: number; readonly height: number; readonly data: ArrayLike<number> };

/** Decodes a picture, upright, at its full size. */
export async function decodeRgb(sharp: Sharp, input: string | Uint8Array): Promise<Rgb> {
  const { data, info } = await sharp(input)
    .rotate()
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

/** Peak signal-to-noise ratio in decibels, over all three channels. */
export function signalToNoise(a: Rgb, b: Rgb): number {
  if (a.width !== b.width || a.height !== b.height)
    throw new Error(`${a.width} × ${a.height} and ${b.width} × ${b.height} pixels cannot be compared`);
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += ((a.data[i] ?? 0) - (b.data[i] ?? 0)) ** 2;
  return 10 * Math.log10((255 * 255 * a.data.length) / sum);
}

/** What both encoders should have come to: Lanczos-3 in floating point over all pixels, never rounded. */
export function exactlyResized(source: Rgb, width: number, height: number): Rgb {
  const narrow = resizeLines(source, {
    lines: source.height,
    from: source.width,
    to: width,
    step: 3,
    next: source.width * 3,
  });
  const tall = { width, height: source.height, data: narrow };
  const data = new Float32Array(width * height * 3);
  const rowTaps = tapsOf(source.height, height);
  for (let y = 0; y < height; y++) {
    const { start, weights } = rowTaps(y);
    for (let t = 0; t < weights.length; t++) {
      const [weight, row] = [weights[t] ?? 0, (start + t) * width * 3];
      for (let i = 0; i < width * 3; i++)
        data[y * width * 3 + i] = (data[y * width * 3 + i] ?? 0) + weight * (tall.data[row + i] ?? 0);
    }
  }
  return { width, height, data };
}

type Lines = {
  readonly lines: number;
  readonly from: number;
  readonly to: number;
  readonly step: number;
  readonly next: number;
};

/** Resizes each row. */
function resizeLines({ data }: Rgb, { lines, from, to, step, next }: Lines): Float32Array {
  const result = new Float32Array(lines * to * step);
  const taps = tapsOf(from, to);
  for (let x = 0; x < to; x++) {
    const { start, weights } = taps(x);
    for (let y = 0; y < lines; y++)
      for (let channel = 0; channel < step; channel++) {
        let sum = 0;
        for (let t = 0; t < weights.length; t++)
          sum += (weights[t] ?? 0) * (data[y * next + (start + t) * step + channel] ?? 0);
        result[(y * to + x) * step + channel] = sum;
      }
  }
  return result;
}

function tapsOf(from: number, to: number): (at: number) => { start: number; weights: readonly number[] } {
  const scale = from / to;
  const stretch = Math.max(1, scale);
  return (at) => {
    const center = (at + 0.5) * scale - 0.5;
    const start = Math.max(0, Math.ceil(center - 3 * stretch));
    const end = Math.min(from - 1, Math.floor(center + 3 * stretch));
    const weights = Array.from({ length: end - start + 1 }, (_, t) =>
      lanczos((start + t - center) / stretch),
    );
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return { start, weights: weights.map((weight) => weight / total) };
  };
}

function lanczos(x: number): number {
  if (Math.abs(x) >= 3) return 0;
  return x === 0 ? 1 : (3 * Math.sin(Math.PI * x) * Math.sin((Math.PI * x) / 3)) / (Math.PI * x) ** 2;
}
