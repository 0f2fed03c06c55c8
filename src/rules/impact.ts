import { findAncestors, findDescendants } from "../graph/reachability.ts";
import { evidenceNode, ruleNode } from "./rule-graph.ts";
import type { RuleGraph } from "./rule-graph.ts";

/** What a change reaches, each by name. */
export type Impact = { readonly rules: readonly string[]; readonly evidence: readonly string[] };

/**
 * The rules that read any of the evidence named, directly or through others, and the evidence that they make. Names
 * that the graph does not know reach nothing. Cost: O(what is reached).
 */
export function impactOf(graph: RuleGraph, evidence: Iterable<string>): Impact {
  const starts: number[] = [];
  for (const name of evidence) {
    const node = evidenceNode(graph, name);
    if (node !== undefined) starts.push(node);
  }
  return split(graph, findDescendants(graph.digraph, starts));
}

/** What the rule reads, directly or through other rules, and those rules; nothing for an unknown name. */
export function provenanceOf(graph: RuleGraph, rule: string): Impact {
  const node = ruleNode(graph, rule);
  return split(graph, findAncestors(graph.digraph, node === undefined ? [] : [node]));
}

/** Nodes ascend with the names of their kind, evidence before rules. */
function split(graph: RuleGraph, nodes: Uint32Array): Impact {
  const { names } = graph.evidence;
  const evidence: string[] = [];
  const rules: string[] = [];
  for (const node of nodes) {
    if (node < names.length) evidence.push(names[node]!);
    else rules.push(graph.rules[node - names.length]!.name);
  }
  return { rules, evidence };
}
