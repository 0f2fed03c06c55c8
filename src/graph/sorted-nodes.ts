/** The place of a node in an ascending list, or -1. Cost: O(log length). */
export function placeOf(ascending: Uint32Array, node: number): number {
  let first = 0;
  let end = ascending.length;
  while (first < end) {
    const middle = (first + end) >>> 1;
    if (ascending[middle]! < node) first = middle + 1;
    else end = middle;
  }
  return ascending[first] === node ? first : -1;
}
