import { compareNames } from "../../base/byte-order.ts";

/**
 * How well `query` fits `text`, both in lower case: higher is better, `undefined` when its letters do not occur in
 * order. A run of letters beats scattered ones, the file name beats its folder, a short text beats a long one.
 */
export function matchScore(query: string, text: string): number | undefined {
  if (query === "") return 0;
  const nameStart = text.lastIndexOf("/") + 1;
  const inName = text.indexOf(query, nameStart);
  if (inName >= 0) return 3000 - (inName === nameStart ? 0 : 500) - Math.min(text.length, 499);
  if (text.includes(query)) return 2000 - Math.min(text.length, 999);
  const spread = scatteredSpread(query, text);
  return spread === undefined ? undefined : 1000 - Math.min(spread + text.length, 999);
}

/** How far the letters of `query` lie apart where they first occur in order in `text`. */
function scatteredSpread(query: string, text: string): number | undefined {
  let place = -1;
  let first = -1;
  for (const letter of query) {
    if (letter === " ") continue;
    place = text.indexOf(letter, place + 1);
    if (place < 0) return undefined;
    if (first < 0) first = place;
  }
  return place - first;
}

/** The best `limit` of `items` for `query`, best first, ties by text. Cost: one pass, and one sort of what fits. */
export function bestMatches<Item>(
  items: Iterable<Item>,
  query: string,
  textOf: (item: Item) => string,
  limit: number,
): readonly Item[] {
  const wanted = query.trim().toLowerCase();
  const fits: { item: Item; text: string; score: number }[] = [];
  for (const item of items) {
    const text = textOf(item);
    const score = matchScore(wanted, text.toLowerCase());
    if (score !== undefined) fits.push({ item, text, score });
  }
  fits.sort((a, b) => b.score - a.score || compareNames(a.text, b.text));
  return fits.slice(0, limit).map((fit) => fit.item);
}
