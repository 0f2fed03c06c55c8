import { canonicalRequirements } from "./requirements.ts";
import type { Requirements } from "./rule-definition.ts";
import type { RuleGraph } from "./rule-graph.ts";

/** An edge of a rule graph with all that is known of it. */
export type RuleEdge = {
  /** Nodes. */
  readonly source: number;
  readonly target: number;
  /** `requires` leads from evidence to a rule that reads it, `produces` from a rule to what it makes. */
  readonly kind: "requires" | "produces";
  readonly rule: string;
  readonly evidence: string;
  /** `requires`: what the rule asks of what it reads. `produces`: what the evidence promises. `null` for nothing. */
  readonly requirements: Requirements | null;
};

/** The edges by source, then target. Cost: O(nodes + edges), one object for each edge. */
export function ruleEdges(graph: RuleGraph): readonly RuleEdge[] {
  const { outStarts, outTargets, nodes } = graph.digraph;
  const { names } = graph.evidence;
  const asked = graph.rules.map(({ requirements }) => canonicalRequirements(requirements));
  const edges: RuleEdge[] = [];
  for (let source = 0; source < nodes; source++) {
    for (let slot = outStarts[source]!; slot < outStarts[source + 1]!; slot++) {
      const target = outTargets[slot]!;
      const isRequired = source < names.length;
      const rule = (isRequired ? target : source) - names.length;
      const evidence = isRequired ? source : target;
      edges.push({
        source,
        target,
        kind: isRequired ? "requires" : "produces",
        rule: graph.rules[rule]!.name,
        evidence: names[evidence]!,
        requirements: isRequired ? asked[rule]! : canonicalRequirements(graph.promises.get(evidence)),
      });
    }
  }
  return edges;
}
