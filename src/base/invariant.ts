/** Throws when a condition that our own code promises does not hold: a bug of ours, never the person's files. */
export function invariant(condition: unknown, promise: string): asserts condition {
  if (!condition) throw new Error(`Broken invariant: ${promise}`);
}

/** Ends an exhaustive `switch`: the compiler refuses a case that was forgotten. */
export function unreachable(value: never): never {
  throw new Error(`Broken invariant: unreachable case ${JSON.stringify(value)}`);
}
