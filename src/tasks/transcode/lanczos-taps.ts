/** Weights are integers whose sum is 2 to the power of `weightBits`. */
export const weightBits = 14;

/** For each pixel of a resized line: the first source pixel that it takes from, and `size` weights from there on. */
export type Taps = {
  /** A multiple of 4. Weights past the end of the source, and those that fill up, are 0. */
  readonly size: number;
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
  const size = (Math.ceil(2 * lobes * stretch) + 4) & ~3;
  const starts = new Int32Array(to);
  const weights = new Int16Array(to * size);
  for (let i = 0; i < to; i++) {
    const center = (i + 0.5) * scale - 0.5;
    const start = Math.max(0, Math.min(from - 1, Math.ceil(center - lobes * stretch)));
    const inside = Math.min(size, from - start);
    starts[i] = start;
    weights.set(
      weightsOf(inside, (tap) => lanczos((start + tap - center) / stretch)),
      i * size,
    );
  }
  return { size, starts, weights };
}

/** Rounds so that the sum is exact, which keeps a plain area plain: what rounding leaves goes to the greatest. */
function weightsOf(count: number, weightAt: (tap: number) => number): number[] {
  const exact = Array.from({ length: count }, (_, tap) => weightAt(tap));
  const total = exact.reduce((sum, weight) => sum + weight, 0);
  const rounded = exact.map((weight) => Math.round((weight / total) * (1 << weightBits)));
  const left = (1 << weightBits) - rounded.reduce((sum, weight) => sum + weight, 0);
  const greatest = rounded.indexOf(Math.max(...rounded));
  return rounded.map((weight, tap) => (tap === greatest ? weight + left : weight));
}

function lanczos(x: number): number {
  return Math.abs(x) >= lobes ? 0 : sinc(x) * sinc(x / lobes);
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}
