/** A requirement whose removal helps to break a cycle: that `rule` reads `input`. */
export type Cut = { readonly rule: string; readonly input: string };

/** Rules that wait for each other. */
export type RuleCycle = {
  /** One shortest cycle: each rule waits for the next, the last for the first, which is the least by name. */
  readonly path: readonly string[];
  /** A small set of requirements without which the members have no cycle, by rule. */
  readonly cuts: readonly Cut[];
  /** Every rule that lies on a cycle of this component, by name. */
  readonly members: readonly string[];
};

export type RuleCycles = {
  /** By the least name of their evidence. */
  readonly components: readonly RuleCycle[];
  /** Rules on no cycle that wait for one, by name. */
  readonly behind: readonly string[];
};
