import { fileNameOf, folderOf, withoutExtension, type ProjectPath } from "../base/project-path.ts";
import { nameKey, sharedFolders, type SiteIndex } from "./site-index.ts";

/**
 * The file that a broken reference most likely meant: one of the same name elsewhere, else one whose name is a
 * single slip away (a letter too many, too few, another, or two swapped). `undefined` when there is none.
 * Cost: the first question indexes all names; each one after is a few look-ups for each letter.
 */
export function nearestFile(index: SiteIndex, from: ProjectPath, target: string): ProjectPath | undefined {
  const name = nameKey(fileNameOf(target.replace(/\/+$/, "")));
  if (name === "" || name.length > longest) return undefined;
  const same = index.byName.get(name) ?? index.byName.get(withoutExtension(name));
  const candidates = same ?? slips(index, name);
  const shared = (path: ProjectPath): number => sharedFolders(folderOf(from), folderOf(path));
  return [...candidates].sort((a, b) => shared(b) - shared(a))[0];
}

/** Longer names are not compared: the index holds each name once for each of its letters. */
const longest = 80;

/** Two names are one slip apart exactly when they share a form with one letter left out, or one is such a form. */
function slips(index: SiteIndex, name: string): readonly ProjectPath[] {
  const forms = shortenedNames(index);
  const wanted = [name, ...shortened(name)];
  const names = wanted.flatMap((form) => forms.get(form) ?? []);
  return [...new Set(names)].flatMap((found) => index.byName.get(found) ?? []);
}

const memory = new WeakMap<SiteIndex, ReadonlyMap<string, readonly string[]>>();

function shortenedNames(index: SiteIndex): ReadonlyMap<string, readonly string[]> {
  const known = memory.get(index);
  if (known !== undefined) return known;
  const forms = new Map<string, string[]>();
  for (const name of index.byName.keys()) {
    if (name.length < 4 || name.length > longest) continue;
    for (const form of [name, ...shortened(name)]) {
      const names = forms.get(form);
      if (names === undefined) forms.set(form, [name]);
      else names.push(name);
    }
  }
  memory.set(index, forms);
  return forms;
}

function shortened(name: string): readonly string[] {
  return Array.from(name, (_, i) => name.slice(0, i) + name.slice(i + 1));
}

/** The one of `names` that is fewest letters away from `wanted`, if a third of its letters at the most differ. */
export function nearestText(names: readonly string[], wanted: string): string | undefined {
  const key = nameKey(wanted).slice(0, longest);
  let best: { readonly name: string; readonly distance: number } | undefined;
  for (const name of names) {
    const distance = editDistance(key, nameKey(name).slice(0, longest));
    if (distance <= key.length / 3 && distance < (best?.distance ?? Infinity)) best = { name, distance };
  }
  return best?.name;
}

/** Levenshtein's distance, by rows of the table. Cost: the product of the lengths. */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
