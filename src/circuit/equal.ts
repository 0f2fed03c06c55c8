/**
 * Whether two plain values (what JSON can hold, and `undefined`) mean the same: the same keys with the same values,
 * in any order of keys. NaN equals itself, and 0 equals -0. Cost: O(size of both), and for unequal rows up to the first
 * difference; rows are shallow, so the recursion is too.
 */
export function isEqual(a: unknown, b: unknown): boolean {
  if (a === b || (a !== a && b !== b)) return true;
  if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  // Plain objects inherit nothing that these loops would meet, and they make no list of keys.
  for (const key in a) {
    const value = a[key];
    // What two objects have in common by being objects (`toString`) is no plain value.
    const isSame = value === b[key] && value !== undefined;
    if (!isSame && !(Object.hasOwn(b, key) && isEqual(value, b[key]))) return false;
  }
  for (const key in b) if (!Object.hasOwn(a, key)) return false;
  return true;
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null;
}
