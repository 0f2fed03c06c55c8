/**
 * How many letters have to be added, left out or replaced to make `b` of `a`, where that is `limit` at the most, else
 * `Infinity`. Levenshtein's distance by rows of the table, of which only the band of `limit` around its diagonal can
 * hold such a distance. Cost: the length of `a` times the limit.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return Infinity;
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = nextRow(row, i, { a, b, limit });
    if (next === undefined) return Infinity;
    row = next;
  }
  const distance = row[b.length] ?? Infinity;
  return distance <= limit ? distance : Infinity;
}

type Comparison = { readonly a: string; readonly b: string; readonly limit: number };

/** The row of the first `i` letters of `a`, or `undefined` when all of it is beyond the limit. */
function nextRow(row: readonly number[], i: number, { a, b, limit }: Comparison): number[] | undefined {
  const next = Array.from({ length: b.length + 1 }, () => Infinity);
  let least = i <= limit ? i : Infinity;
  next[0] = least;
  const letter = a.charCodeAt(i - 1);
  for (let j = Math.max(1, i - limit); j <= Math.min(b.length, i + limit); j++) {
    const change = (row[j - 1] ?? Infinity) + (letter === b.charCodeAt(j - 1) ? 0 : 1);
    const distance = Math.min(change, (row[j] ?? Infinity) + 1, (next[j - 1] ?? Infinity) + 1);
    next[j] = distance;
    least = Math.min(least, distance);
  }
  return least <= limit ? next : undefined;
}
