import type { Changes, Row } from "./row.ts";

/**
 * One step of a compiled plan, which holds what it needs of its inputs to turn their changes into its own.
 *
 * The caller promises: `apply` is called with the changes of every input between the same two moments, one list an
 * input, in the order of the plan; a `before` is the row that the input's last `after` for that key was.
 *
 * The operator promises the same of the changes that it gives, and that they are net: no change of a row into an equal
 * one. Its cost depends on the changes and on what they touch (a group, the partners of a join, a window), not on the
 * size of its inputs.
 */
export type Operator = {
  readonly apply: (inputs: readonly Changes[]) => Changes;
  /** How many rows it keeps for its own use; an estimate of memory. */
  readonly held: () => number;
};
