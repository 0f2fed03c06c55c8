/**
 * The smallest part of `all`, in its order, that still suffices: without any one of its items it would not. `all` must
 * suffice. Leaves out ever smaller runs of items while the rest suffices. Cost: for k items of n about 2 k log n
 * questions; after `most` of them the answer suffices but may hold more than it must.
 * Source: A. Zeller and R. Hildebrandt, Simplifying and Isolating Failure-Inducing Input, 2002, without its restarts.
 */
export function leastSubset<T>(
  all: readonly T[],
  suffices: (part: readonly T[]) => boolean,
  most = Infinity,
): readonly T[] {
  let asked = 0;
  let kept = all;
  const leaveOut = (size: number): boolean => {
    const before = kept.length;
    for (let start = kept.length - size; start > -size && asked < most; start -= size, asked++) {
      const less = kept.filter((_, i) => i < start || i >= start + size);
      if (suffices(less)) kept = less;
    }
    return kept.length < before;
  };
  for (let size = all.length; size > 1; size = Math.ceil(size / 2)) leaveOut(size);
  // What is left out last may have been all that another item was needed for.
  while (kept.length > 0 && leaveOut(1));
  return kept;
}
