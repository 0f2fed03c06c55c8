import { compareNames } from "../base/byte-order.ts";

/** What a rule was declared to read, and what it did read when it ran. Names of evidence. */
export type ObservedReads = {
  readonly rule: string;
  readonly declared: Iterable<string>;
  readonly read: Iterable<string>;
};

/** The inputs of a rule that are not as they were declared; each list by name, and never both empty. */
export type ReadDifference = {
  readonly rule: string;
  /** Read without being declared: a change of these goes unnoticed. */
  readonly undeclared: readonly string[];
  /** Declared and not read: a change of these causes work for nothing. */
  readonly unread: readonly string[];
};

/** The rules, by name, that did not read exactly what they declared. Cost: O(names · log names). */
export function compareReads(observed: Iterable<ObservedReads>): readonly ReadDifference[] {
  const found: ReadDifference[] = [];
  for (const { rule, declared, read } of observed) {
    const before = new Set(declared);
    const after = new Set(read);
    const undeclared = [...after].filter((name) => !before.has(name)).sort(compareNames);
    const unread = [...before].filter((name) => !after.has(name)).sort(compareNames);
    if (undeclared.length > 0 || unread.length > 0) found.push({ rule, undeclared, unread });
  }
  return found.sort((a, b) => compareNames(a.rule, b.rule));
}
