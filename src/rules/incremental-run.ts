import { impactOf } from "./impact.ts";
import { evidenceNode } from "./rule-graph.ts";
import { compareNames } from "../base/byte-order.ts";
import type { RuleGraph } from "./rule-graph.ts";
import type { RuleSchedule } from "./rule-schedule.ts";

/** What a run is asked to do: everything, or what evidence that changed reaches. */
export type RunRequest =
  | { readonly kind: "full" }
  | { readonly kind: "changed"; readonly evidence: readonly string[] };

/** The rules of a schedule that a run has to look at. */
export type RunSelection = {
  /** Names, in the order of the schedule. */
  readonly rules: readonly string[];
  /** The same wave by wave; waves of which nothing is left are left out. */
  readonly generations: readonly (readonly string[])[];
  /** Scheduled rules that nothing reaches, in the order of the schedule. */
  readonly skipped: readonly string[];
  /** Changed evidence that the graph does not know, by name. */
  readonly unknown: readonly string[];
};

/** Cost: O(rules + what is reached). */
export function selectRules(graph: RuleGraph, schedule: RuleSchedule, request: RunRequest): RunSelection {
  if (request.kind === "full") {
    const { orderedRules: rules, generations } = schedule;
    return { rules, generations, skipped: [], unknown: [] };
  }
  const reached = new Set(impactOf(graph, request.evidence).rules);
  const generations = schedule.generations.map((wave) => wave.filter((rule) => reached.has(rule)));
  const strange = new Set(request.evidence.filter((name) => evidenceNode(graph, name) === undefined));
  return {
    rules: generations.flat(),
    generations: generations.filter((wave) => wave.length > 0),
    skipped: schedule.orderedRules.filter((rule) => !reached.has(rule)),
    unknown: [...strange].sort(compareNames),
  };
}
