/** How deep data may be nested: what is deeper is a cycle, or would be one's worth of trouble later. */
const deepest = 100;

/** Whether a value is what JSON can hold and gives back: no undefined, NaN, function, class or cycle in it. */
export function isPlainData(value: unknown, depth = 0): boolean {
  if (value === null || typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || depth === deepest) return false;
  // `every` would pass over the holes of a list.
  if (Array.isArray(value)) return Array.from(value).every((part) => isPlainData(part, depth + 1));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return false;
  return Object.values(value).every((part) => isPlainData(part, depth + 1));
}
