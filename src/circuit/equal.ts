/**
 * Whether two plain values (what JSON can hold, and `undefined`) mean the same: the same keys with the same values,
 * in any order of keys. NaN equals itself, and 0 equals -0. Cost: O(size of the smaller), and for rows of one shape up to
 * the first difference; rows are shallow, so the recursion is too.
 */
export function isEqual(a: unknown, b: unknown): boolean {
  if (a === b || (a !== a && b !== b)) return true;
  if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  let keys = 0;
  // Plain objects inherit nothing that this loop would meet, and it makes no list of keys.
  for (const key in a) {
    keys++;
    const other = b[key];
    if (!isEqual(a[key], other) || (other === undefined && !Object.hasOwn(b, key))) return false;
  }
  for (const _ in b) keys--;
  return keys === 0;
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null;
}
