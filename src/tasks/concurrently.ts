/**
 * Maps `values` with at most `limit` calls in flight. Answers in the order of `values`; rejects with the first
 * failure, after which no further call begins.
 */
export async function mapConcurrently<T, R>(
  values: readonly T[],
  limit: number,
  map: (value: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const waiting = values.entries();
  const drain = async () => {
    for (const [index, value] of waiting) results[index] = await map(value);
  };
  await Promise.all(Array.from({ length: Math.min(limit, values.length) }, drain));
  return results;
}
