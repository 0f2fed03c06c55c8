import { findCriticalPath } from "../graph/critical-path.ts";
import type { RuleDefinition } from "./rule-definition.ts";
import type { RuleGraph } from "./rule-graph.ts";

/** What a build cannot be quicker than, with as many workers as one likes. */
export type RuleCriticalPath = {
  /** In the unit of the weights. */
  readonly length: number;
  /** Names; each rule waits for the one before it. */
  readonly path: readonly string[];
  /** By index into `graph.rules`: the weight of the longest chain of rules that it waits for. */
  readonly start: Float64Array;
  /** By index into `graph.rules`: the weight of the longest chain of rules that begins with it. */
  readonly remaining: Float64Array;
  /** By index into `graph.rules`: how much later it could start without making the build longer. */
  readonly slack: Float64Array;
};

/**
 * The critical path, with `weightOf` telling how long a rule takes, not negative. Rules on or behind a cycle are left
 * out, with NaN. Cost: O(rules + edges).
 */
export function findRuleCriticalPath(
  graph: RuleGraph,
  weightOf: (rule: RuleDefinition) => number,
): RuleCriticalPath {
  const evidence = graph.evidence.names.length;
  const weights = new Float64Array(graph.digraph.nodes);
  for (let rule = 0; rule < graph.rules.length; rule++)
    weights[evidence + rule] = weightOf(graph.rules[rule]!);
  const found = findCriticalPath(graph.digraph, weights);
  return {
    length: found.length,
    path: found.path.filter((node) => node >= evidence).map((node) => graph.rules[node - evidence]!.name),
    start: found.start.subarray(evidence),
    remaining: found.remaining.subarray(evidence),
    slack: found.slack.subarray(evidence),
  };
}
