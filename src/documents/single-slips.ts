/** Names by themselves and by all that they are without one of their letters. */
export type SlipIndex = ReadonlyMap<string, readonly string[]>;

/** Longer names are not compared: the index holds each name once for each of its letters. */
export const longestName = 80;

/** Names kept for one form: where more names differ in one same letter alone, none is the one that was meant. */
const mostOfOneForm = 16;

/** Indexes names of four letters and more; in shorter ones a slip makes another word. */
export function indexSlips(names: Iterable<string>): SlipIndex {
  const index = new Map<string, string[]>();
  for (const name of names) {
    if (name.length < 4 || name.length > longestName) continue;
    for (const form of formsOf(name)) {
      const same = index.get(form);
      if (same === undefined) index.set(form, [name]);
      else if (same.length < mostOfOneForm) same.push(name);
    }
  }
  return index;
}

/**
 * The names that are a single slip away (a letter too many, too few, another, or two swapped), each once. Cost: a
 * look-up for each letter. Two names are one slip apart exactly when they share a form with one letter left out, or
 * one is such a form.
 */
export function slipsOf(index: SlipIndex, name: string): readonly string[] {
  if (name === "" || name.length > longestName) return [];
  return [...new Set([...formsOf(name)].flatMap((form) => index.get(form) ?? []))];
}

/** Each form once: a name with a letter twice in a row gives one twice. */
function formsOf(name: string): ReadonlySet<string> {
  return new Set([
    name,
    ...Array.from({ length: name.length }, (_, i) => name.slice(0, i) + name.slice(i + 1)),
  ]);
}
