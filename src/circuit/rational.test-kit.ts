/** The exact sum of numbers as a whole number of units of 2^-1074, of which every number is a multiple. */
export function rational(numbers: readonly number[]): bigint {
  let sum = 0n;
  for (const number of numbers) {
    let whole = number;
    let doublings = 0;
    while (!Number.isInteger(whole)) {
      whole *= 2;
      doublings++;
    }
    sum += BigInt(whole) << BigInt(1074 - doublings);
  }
  return sum;
}

/**
 * The number nearest to `units` * 2^-1074 / `divisor`, the even one of two, null when it is beyond all numbers: found by halving
 * the list of all numbers, in which each stands at the place that its bits say.
 */
export function nearest(units: bigint, divisor: bigint): number | null {
  const size = units < 0n ? -units : units;
  const whole = (size / divisor) >> 1074n;
  // A whole number that is held exactly is found at once.
  if (whole <= 2n ** 53n && (whole << 1074n) * divisor === size)
    return units < 0n ? -Number(whole) : Number(whole);
  let low = 0n;
  let high = 0x7ff0000000000000n;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (unitsAt(middle) * divisor <= size) low = middle;
    else high = middle;
  }
  const over = 2n * size - (unitsAt(low) + unitsAt(high)) * divisor;
  const place = over > 0n || (over === 0n && low % 2n === 1n) ? high : low;
  const number = numberAt(place);
  if (number === Infinity) return null;
  return units < 0n && number !== 0 ? -number : number;
}

/** The number after the greatest would be 2^1024. */
function unitsAt(place: bigint): bigint {
  return place === 0x7ff0000000000000n ? 1n << 2098n : rational([numberAt(place)]);
}

function numberAt(place: bigint): number {
  return new Float64Array(BigUint64Array.of(place).buffer)[0]!;
}
