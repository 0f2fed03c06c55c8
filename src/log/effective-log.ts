/** What the effective log looks at in an operation. */
type Skipping = { readonly index: number; readonly skip: number };

/**
 * What remains of one stream after its skips. `operations` is the whole stream, ascending by index without gaps.
 *
 * An operation at index i with skip s stands on the state after index i - s - 1: what lies between is hidden, and what
 * is hidden hides nothing itself. So the walk goes back from the end, from each operation that remains to the one that
 * it stands on. With skips [0, 0, 0, 2, 1] operation 4 hides 3, thereby 3 no longer hides 1 and 2, and 0, 1, 2, 4
 * remain. A skip beyond the beginning hides all before it. Cost: one pass.
 */
export function effectiveLog<T extends Skipping>(operations: readonly T[]): readonly T[] {
  const remaining: T[] = [];
  let at = operations.length - 1;
  while (at >= 0) {
    const operation = operations[at];
    if (operation === undefined) break;
    remaining.push(operation);
    at -= operation.skip + 1;
  }
  return remaining.reverse();
}
