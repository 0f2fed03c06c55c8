/**
 * Compares two names by their UTF-8 bytes: the order of Postgres `COLLATE "C"` and of git. It differs from
 * JavaScript's `<` only where one string has a surrogate pair and the other a unit at or above U+E000.
 * Negative, zero or positive as for `Array.prototype.sort`. Cost: one pass over the common prefix.
 */
export function compareNames(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above every other unit, so they are ranked behind U+FFFF. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x2800 : unit;
}
