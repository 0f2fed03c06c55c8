import { buildDigraph } from "../graph/digraph.ts";
import type { Digraph } from "../graph/digraph.ts";
import { findFeedbackEdges } from "../graph/feedback-edges.ts";
import { findDescendants } from "../graph/reachability.ts";
import { findShortestCycle } from "../graph/shortest-cycle.ts";
import { findCyclicComponents } from "../graph/strongly-connected.ts";
import type { Cut, RuleCycles } from "./rule-cycle.ts";
import type { RuleGraph } from "./rule-graph.ts";

export const noCycles: RuleCycles = { components: [], behind: [] };

/**
 * The cycles of a rule graph. What leads to evidence among `given` counts for nothing, since nobody waits for it.
 * Cost: O(rules + edges), and for each component with a cycle that of `findShortestCycle` and `findFeedbackEdges`.
 */
export function findRuleCycles(graph: RuleGraph, given: ReadonlySet<number> = new Set()): RuleCycles {
  const links = linkEvidence(graph, given);
  const found = findCyclicComponents(links.digraph);
  if (found.length === 0) return noCycles;
  const onCycle = new Set<number>();
  const components = found.map((evidence) => {
    const members = membersOf(links, evidence);
    for (const rule of members) onCycle.add(rule);
    return {
      path: pathOf(graph, links, findShortestCycle(links.digraph, evidence)),
      cuts: cutsOf(graph, links, evidence),
      members: members.map((rule) => graph.rules[rule]!.name),
    };
  });
  return { components, behind: findBehind(graph, links, { found, onCycle }) };
}

/**
 * The graph without its rules: an edge from each input of a rule to its output. Since a rule has one output, the
 * cycles are the same, and each edge is a requirement that could be cut. Edges to given evidence end in a node of
 * their own, one past the evidence.
 */
type Links = {
  readonly digraph: Digraph;
  /** By edge slot. */
  readonly inputOf: Uint32Array;
  /** By edge slot: the index of the rule. */
  readonly ruleOf: Uint32Array;
};

function linkEvidence(graph: RuleGraph, given: ReadonlySet<number>): Links {
  const { outStarts, outTargets } = graph.digraph;
  const evidence = graph.evidence.names.length;
  const requirements = outStarts[evidence]!;
  const inputOf = new Uint32Array(requirements);
  const outputs = new Uint32Array(requirements);
  const ruleOf = new Uint32Array(requirements);
  for (let input = 0; input < evidence; input++) {
    for (let slot = outStarts[input]!; slot < outStarts[input + 1]!; slot++) {
      const rule = outTargets[slot]!;
      const output = outTargets[outStarts[rule]!]!;
      inputOf[slot] = input;
      outputs[slot] = given.has(output) ? evidence : output;
      ruleOf[slot] = rule - evidence;
    }
  }
  // The edges come input by input, so an edge's slot is its place here.
  return { digraph: buildDigraph(evidence + 1, inputOf, outputs), inputOf, ruleOf };
}

/** The rules whose input and output are both in the component. */
function membersOf(links: Links, evidence: Uint32Array): readonly number[] {
  const { outStarts, outTargets } = links.digraph;
  const inside = new Set(evidence);
  const rules = new Set<number>();
  for (const input of evidence) {
    for (let slot = outStarts[input]!; slot < outStarts[input + 1]!; slot++) {
      if (inside.has(outTargets[slot]!)) rules.add(links.ruleOf[slot]!);
    }
  }
  return [...rules].sort((a, b) => a - b);
}

/** The rules along a cycle of evidence, told the way they wait, from the least. */
function pathOf(graph: RuleGraph, links: Links, cycle: readonly number[]): readonly string[] {
  const { outStarts, outTargets } = links.digraph;
  const rules = cycle.map((input, i) => {
    const output = cycle[(i + 1) % cycle.length]!;
    let slot = outStarts[input]!;
    while (outTargets[slot] !== output) slot++;
    return links.ruleOf[slot]!;
  });
  rules.reverse();
  const least = rules.indexOf(rules.reduce((a, b) => Math.min(a, b)));
  return [...rules.slice(least), ...rules.slice(0, least)].map((rule) => graph.rules[rule]!.name);
}

function cutsOf(graph: RuleGraph, links: Links, evidence: Uint32Array): readonly Cut[] {
  const slots = [...findFeedbackEdges(links.digraph, evidence)];
  slots.sort((a, b) => links.ruleOf[a]! - links.ruleOf[b]! || a - b);
  return slots.map((slot) => ({
    rule: graph.rules[links.ruleOf[slot]!]!.name,
    input: graph.evidence.names[links.inputOf[slot]!]!,
  }));
}

function findBehind(
  graph: RuleGraph,
  links: Links,
  cyclic: { readonly found: readonly Uint32Array[]; readonly onCycle: ReadonlySet<number> },
): readonly string[] {
  const late = new Uint8Array(links.digraph.nodes);
  for (const members of cyclic.found) for (const node of members) late[node] = 1;
  for (const node of findDescendants(
    links.digraph,
    cyclic.found.flatMap((nodes) => [...nodes]),
  ))
    late[node] = 1;
  const behind = new Set<number>();
  links.ruleOf.forEach((rule, slot) => {
    if (late[links.inputOf[slot]!] === 1 && !cyclic.onCycle.has(rule)) behind.add(rule);
  });
  return [...behind].sort((a, b) => a - b).map((rule) => graph.rules[rule]!.name);
}
