/**
 * The JSON of a value with the keys of every object in one order, so that values which say the same give the same
 * text whatever the order in which their keys were written. Keys are ordered by their UTF-16 units, but those that are
 * array indexes come first, by number: the language allows no other order. Cost: linear in the text, but for sorting
 * the keys of each object.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => sortKeys(part));
}

function sortKeys(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
