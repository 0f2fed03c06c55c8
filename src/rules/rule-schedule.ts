import type { Fault } from "../base/fault.ts";
import type { RuleCycles } from "./rule-cycle.ts";

export type ScheduleOptions = {
  /**
   * Evidence that is given, also when a rule could make it. Without it, all evidence that no rule makes is given;
   * an empty one gives none. Names that the graph does not know mean nothing.
   */
  readonly seedEvidence?: Iterable<string>;
  /** `allow` lists the rules that lack evidence without a fault. By default `refuse`. */
  readonly partial?: "refuse" | "allow";
};

/** A rule that needs evidence which nobody gives and no rule makes. */
export type UnresolvedRule = { readonly rule: string; readonly missing: readonly string[] };

/** The order in which the rules of a graph can run. */
export type RuleSchedule = {
  /** Indexes into `graph.rules`: by wave, then priority, then name. */
  readonly order: Uint32Array;
  /** Wave of each rule of `graph.rules`: 0, or 1 + the last wave that made one of its inputs; -1 when it cannot run. */
  readonly waveOf: Int32Array;
  /** Names, as `order` has them. */
  readonly orderedRules: readonly string[];
  /** Names wave by wave, none of them empty. */
  readonly generations: readonly (readonly string[])[];
  /** Rules that lack evidence, by name. */
  readonly unresolved: readonly UnresolvedRule[];
  /** Why rules wait for each other; without `components` when none do. */
  readonly cycles: RuleCycles;
  /** Rules that cannot run for any reason, by name. */
  readonly blocked: readonly string[];
  /** One for the unresolved rules unless partial schedules are allowed, and one for each component. */
  readonly faults: readonly Fault[];
};
