/**
 * The number nearest to the sum of part * 2^exponent over all terms, divided by a whole number; of two as near, the even one. Infinite when it is beyond all numbers. Cost: some microseconds; for what cannot be had by plain arithmetic.
 */
export function nearestNumber(
  terms: readonly (readonly [part: number, exponent: number])[],
  divisor: bigint,
): number {
  const exact = terms.map(([part, shift]) => decompose(part, shift));
  const exponent = Math.min(0, ...exact.map((term) => term.exponent));
  let sum = 0n;
  for (const term of exact) sum += term.significand << BigInt(term.exponent - exponent);
  const magnitude = roundRatio(sum < 0n ? -sum : sum, divisor, exponent);
  return sum < 0n ? -magnitude : magnitude;
}

const view = new DataView(new ArrayBuffer(8));

/** A number as whole number times a power of two. */
function decompose(
  value: number,
  shift: number,
): { readonly significand: bigint; readonly exponent: number } {
  view.setFloat64(0, Math.abs(value));
  const bits = view.getBigUint64(0);
  const biased = Number(bits >> 52n);
  const fraction = bits & 0xfffffffffffffn;
  const significand = biased === 0 ? fraction : fraction | 0x10000000000000n;
  return {
    significand: value < 0 ? -significand : significand,
    exponent: Math.max(biased, 1) - 1075 + shift,
  };
}

/** The number nearest to numerator / divisor * 2^exponent. */
function roundRatio(numerator: bigint, divisor: bigint, exponent: number): number {
  if (numerator === 0n) return 0;
  // The unit of the last place, if the quotient has the greatest length that its terms allow; else it is one less.
  const guess = Math.max(bitLength(numerator) - bitLength(divisor) + exponent - 53, -1074);
  const rounded = roundToUnit(numerator, divisor, exponent - guess);
  const [quotient, unit] =
    rounded > 1n << 53n
      ? [roundToUnit(numerator, divisor, exponent - guess - 1), guess + 1]
      : [rounded, guess];
  return unit > 971 ? Infinity : Number(quotient) * 2 ** unit;
}

/** numerator / divisor * 2^shift as a whole number, to the nearest, of two as near to the even one. */
function roundToUnit(numerator: bigint, divisor: bigint, shift: number): bigint {
  const dividend = shift > 0 ? numerator << BigInt(shift) : numerator;
  const by = shift > 0 ? divisor : divisor << BigInt(-shift);
  const quotient = dividend / by;
  const twice = (dividend - quotient * by) * 2n;
  const up = twice > by || (twice === by && (quotient & 1n) === 1n);
  return up ? quotient + 1n : quotient;
}

function bitLength(value: bigint): number {
  const digits = value.toString(16);
  return digits.length * 4 - Math.clz32(parseInt(digits[0] ?? "0", 16)) + 28;
}
