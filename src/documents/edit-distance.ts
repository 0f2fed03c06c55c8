/**
 * How many letters have to be added, left out or replaced to make `b` of `a`, where that is `limit` at the most, else
 * `Infinity`. Levenshtein's distance by rows of the table, of which only the band of `limit` around its diagonal can
 * hold such a distance. Words of up to 65,000 letters. Cost: the length of `a` times the limit.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return Infinity;
  const band = Math.min(limit, Math.max(a.length, b.length));
  let row = Uint16Array.from({ length: b.length + 1 }, (_, j) => Math.min(j, band + 1));
  let next = new Uint16Array(b.length + 1);
  for (let i = 1; i <= a.length; i++) {
    if (fillRow(next, row, { i, a, b, band }) > band) return Infinity;
    [row, next] = [next, row];
  }
  const distance = row[b.length] ?? Infinity;
  return distance <= band ? distance : Infinity;
}

type Row = { readonly i: number; readonly a: string; readonly b: string; readonly band: number };

/** Fills in the row of the first `i` letters of `a` and gives its least number; `band + 1` stands for all beyond. */
function fillRow(next: Uint16Array, row: Uint16Array, { i, a, b, band }: Row): number {
  next.fill(band + 1);
  let least = Math.min(i, band + 1);
  next[0] = least;
  const letter = a.charCodeAt(i - 1);
  const end = Math.min(b.length, i + band);
  for (let j = Math.max(1, i - band); j <= end; j++) {
    const above = row[j - 1] ?? 0;
    const change = letter === b.charCodeAt(j - 1) ? above : above + 1;
    const added = Math.min(row[j] ?? 0, next[j - 1] ?? 0) + 1;
    const distance = Math.min(change, added, band + 1);
    next[j] = distance;
    if (distance < least) least = distance;
  }
  return least;
}
