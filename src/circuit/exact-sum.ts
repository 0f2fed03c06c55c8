import { nearestNumber } from "./nearest-number.ts";

/** From here on a number is held divided by `scale`, so that no sum of up to 2^53 numbers is too great on the way. */
const huge = 2 ** 900;
const scaleExponent = 200;
const scale = 2 ** scaleExponent;

/**
 * The exact sum of numbers that come and go, rounded only when it is read, so that it is the same whatever came and went in
 * between and in whatever order. Cost: a few additions a number, as many as the sum has parts; one for whole numbers.
 *
 * Source: J. R. Shewchuk, Adaptive precision floating-point arithmetic (1997): a sum as numbers that do not overlap.
 */
export class ExactSum {
  #parts: number[] = [];
  #hugeParts: number[] = [];

  add(term: number): void {
    if (Math.abs(term) < huge) grow(this.#parts, term);
    else grow(this.#hugeParts, term / scale);
  }

  /** The sum, rounded to the nearest number; null when it is too great for one. */
  round(): number | null {
    return finite(this.#hugeParts.length === 0 ? roundParts(this.#parts) : this.#roundExactly(1));
  }

  /** The sum divided by a whole number of at least 1, rounded once. */
  roundQuotient(divisor: number): number | null {
    if (this.#hugeParts.length === 0 && this.#parts.length <= 1) {
      return finite((this.#parts[0] ?? 0) / divisor);
    }
    return finite(this.#roundExactly(divisor));
  }

  #roundExactly(divisor: number): number {
    const hugeTerms = this.#hugeParts.map((part) => [part, scaleExponent] as const);
    return nearestNumber([...hugeTerms, ...this.#parts.map((part) => [part, 0] as const)], BigInt(divisor));
  }
}

/** Adds a term to a sum whose parts do not overlap, the smallest first; the parts keep being so. */
function grow(parts: number[], term: number): void {
  let rest = term;
  let kept = 0;
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at] ?? 0;
    const sum = rest + part;
    const virtual = sum - rest;
    const error = rest - (sum - virtual) + (part - virtual);
    if (error !== 0) parts[kept++] = error;
    rest = sum;
  }
  if (rest !== 0) parts[kept++] = rest;
  parts.length = kept;
}

/**
 * The number nearest to the sum of parts that do not overlap, the even one of two. The rounding of the greatest parts is exact
 * but where the rest decides a tie.
 */
function roundParts(parts: readonly number[]): number {
  let at = parts.length - 1;
  let sum = parts[at] ?? 0;
  let error = 0;
  while (at > 0 && error === 0) {
    const part = parts[--at] ?? 0;
    const greater = sum;
    sum = greater + part;
    error = part - (sum - greater);
  }
  const below = at > 0 ? (parts[at - 1] ?? 0) : 0;
  // Half a unit lies over, and what follows pulls the same way.
  if ((error < 0 && below < 0) || (error > 0 && below > 0)) {
    const doubled = error * 2;
    const next = sum + doubled;
    if (next - sum === doubled) return next;
  }
  return sum;
}

function finite(sum: number): number | null {
  // Adding zero makes a negative zero a zero.
  return Number.isFinite(sum) ? sum + 0 : null;
}
