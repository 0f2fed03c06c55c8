import { compareNames } from "../base/byte-order.ts";

/** Words that a Python name cannot be, or that mean something in some place. */
const reserved = new Set(
  (
    "False None True and as assert async await break case class continue def del elif else except exec finally for " +
    "from global if import in is lambda match nonlocal not or pass print raise return try type while with yield Any"
  ).split(" "),
);

/** Longer names are cut before they are numbered. */
const longest = 80;

/**
 * A Python identifier for each name: ASCII, unlike any other, no keyword, and without a leading underscore, because
 * Hamilton passes private functions over. Names that are such identifiers stay as they are; the others are told in
 * letters, digits and underscores, and numbered where they meet. The order of the names means nothing.
 * Cost: O(names · log names).
 */
export function pythonNames(names: Iterable<string>): ReadonlyMap<string, string> {
  const sorted = [...new Set(names)].sort(compareNames);
  const taken = new Set(sorted.filter(isPlain));
  const result = new Map<string, string>();
  /** By stem: the last number given. */
  const numbers = new Map<string, number>();
  for (const name of sorted) result.set(name, isPlain(name) ? name : freeName(stemOf(name), taken, numbers));
  return result;
}

function isPlain(name: string): boolean {
  return /^[A-Za-z]\w*$/.test(name) && name.length <= longest && !reserved.has(name);
}

function stemOf(name: string): string {
  const words = name.replace(/\W+/g, "_").replace(/^_+/, "").slice(0, longest).replace(/_+$/, "");
  if (words === "") return "node";
  return /^\d/.test(words) ? `n${words}` : words;
}

function freeName(stem: string, taken: Set<string>, numbers: Map<string, number>): string {
  let number = numbers.get(stem) ?? 1;
  let name = number === 1 ? stem : `${stem}_${number}`;
  while (taken.has(name) || reserved.has(name)) name = `${stem}_${++number}`;
  numbers.set(stem, number);
  taken.add(name);
  return name;
}
