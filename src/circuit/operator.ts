import type { Changes, Row } from "./row.ts";

/**
 * One step of a compiled plan, which holds what it needs of its inputs to turn their changes into its own.
 *
 * The caller promises: `load` comes first; `apply` is called with the changes of every input between the same two moments, one
 * list an input, in the order of the plan; a `before` equals the row that the input held for that key. When `load` or
 * `apply` throws, nothing but `load` is called next.
 *
 * The operator promises the same of the changes that it gives, and that they are net: no change of a row into an equal
 * one. Its cost depends on the changes and on what they touch (a group, the partners of a join, a window), not on the
 * size of its inputs.
 */
export type Operator = {
  /** Takes the present rows of every input in place of all that it held. */
  readonly load: (inputs: readonly Rows[]) => void;
  readonly apply: (inputs: readonly Changes[]) => Changes;
  /** Its present rows; what it does not hold itself comes from its inputs' present rows. A window gives them in its order. */
  readonly rows: (inputs: readonly Rows[]) => Iterable<Row>;
  /** How many rows it keeps for its own use; an estimate of memory. */
  readonly held: () => number;
  /**
   * How many rows a `load` would go through; 0 for an operator that holds nothing, whose `rows` are read off its inputs. What holds
   * something gives its `rows` without its inputs, even after these have changed.
   */
  readonly loaded: () => number;
};

/** Rows to go through once, before the next change. */
export type Rows = Iterable<Row>;

/** A change that nothing follows from. */
export const noChanges: Changes = [];
