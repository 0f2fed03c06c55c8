import { sortLexicographically } from "../graph/lexicographic-order.ts";
import { priorityRanks } from "./rule-order.ts";
import type { RuleGraph } from "./rule-graph.ts";

/**
 * The rules in the order that takes, at each step, the free rule of the least priority, then name. Unlike a schedule
 * it does not go wave by wave. Rules on or behind a cycle are left out. Cost: O((rules + edges) · log rules).
 */
export function sortRulesLexicographically(graph: RuleGraph): readonly string[] {
  const evidence = graph.evidence.names.length;
  // Evidence goes before all rules, so that it never keeps a rule waiting; among equal ranks nodes go by name.
  const ranks = new Float64Array(graph.digraph.nodes).fill(-1);
  ranks.set(priorityRanks(graph), evidence);
  const names: string[] = [];
  for (const node of sortLexicographically(graph.digraph, ranks)) {
    if (node >= evidence) names.push(graph.rules[node - evidence]!.name);
  }
  return names;
}
