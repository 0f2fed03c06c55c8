/** Rows in one statement: enough that the statement's own cost vanishes, few enough that its text stays small. */
const batchSize = 5000;

/** Calls `write` with all of `rows`, a batch at a time, in order. */
export async function inBatches<T>(
  rows: readonly T[],
  write: (batch: readonly T[]) => Promise<unknown>,
): Promise<void> {
  for (let at = 0; at < rows.length; at += batchSize) {
    await write(rows.length <= batchSize ? rows : rows.slice(at, at + batchSize));
  }
}
