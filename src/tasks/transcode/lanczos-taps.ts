/** Weights are integers whose sum is 2 to the power of `weightBits`. */
export const weightBits = 14;

/** For each pixel of a resized line: the first source pixel that it takes from, and `size` weights from there on. */
export type Taps = {
  /** A multiple of 4. Weights past the end of the source, and those that fill up, are 0. */
  readonly size: number;
  /** How many of `size` may be other than 0: the first ones. */
  readonly used: number;
  readonly starts: Int32Array<ArrayBuffer>;
  /** `size` for each pixel. */
  readonly weights: Int16Array<ArrayBuffer>;
};

const lobes = 3;

/**
 * The taps that resize a line of `from` pixels to `to` by Lanczos-3, widened by the scale where it shrinks. `length` is
 * how long the line would be had nothing been cut off its end: a line of 7 pixels that was halved has 3 of 3.5.
 */
export function lanczosTaps(from: number, to: number, length = from): Taps {
  const scale = length / to;
  const stretch = Math.max(1, scale);
  const used = Math.ceil(2 * lobes * stretch);
  const size = (used + 3) & ~3;
  const starts = new Int32Array(to);
  const weights = new Int16Array(to * size);
  const exact = new Float64Array(used);
  for (let i = 0; i < to; i++) {
    const center = (i + 0.5) * scale - 0.5;
    const start = Math.max(0, Math.min(from - 1, Math.ceil(center - lobes * stretch)));
    const inside = exact.subarray(0, Math.min(used, from - start));
    starts[i] = start;
    for (let tap = 0; tap < inside.length; tap++) inside[tap] = lanczos((start + tap - center) / stretch);
    roundWeights(inside, weights.subarray(i * size, i * size + inside.length));
  }
  return { size, used, starts, weights };
}

/** Rounds so that the sum is exact, which keeps a plain area plain: what rounding leaves goes to the greatest. */
function roundWeights(exact: Float64Array, rounded: Int16Array): void {
  let total = 0;
  for (let tap = 0; tap < exact.length; tap++) total += exact[tap] ?? 0;
  let left = 1 << weightBits;
  let greatest = 0;
  for (let tap = 0; tap < exact.length; tap++) {
    const weight = Math.round(((exact[tap] ?? 0) / total) * (1 << weightBits));
    rounded[tap] = weight;
    left -= weight;
    if (weight > (rounded[greatest] ?? 0)) greatest = tap;
  }
  rounded[greatest] = (rounded[greatest] ?? 0) + left;
}

function lanczos(x: number): number {
  return Math.abs(x) >= lobes ? 0 : sinc(x) * sinc(x / lobes);
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}
