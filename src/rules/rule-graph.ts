import { buildDigraph } from "../graph/digraph.ts";
import type { Digraph } from "../graph/digraph.ts";
import type { Fault } from "../base/fault.ts";
import { duplicateEvidence, duplicateRules, invalidPriorities } from "./faults.ts";
import { NameIndex } from "./name-index.ts";
import type { EvidenceDefinition, OutputPolicy, Requirements, RuleDefinition } from "./rule-definition.ts";

/**
 * Rules and evidence as one bipartite graph: an edge from evidence to each rule that requires it, and one from each
 * rule to the evidence it produces. Evidence has the nodes 0 to `evidence.names.length - 1` in the order of names,
 * the rules follow in the order of theirs; so the same rules give the same nodes in whatever order they come.
 */
export type RuleGraph = {
  readonly policy: OutputPolicy;
  readonly evidence: NameIndex;
  /** In the order of names: `rules[i]` is the node `evidence.names.length + i`. */
  readonly rules: readonly RuleDefinition[];
  readonly ruleIndex: NameIndex;
  readonly digraph: Digraph;
  /** What evidence promises, by node; only where something was told. */
  readonly promises: ReadonlyMap<number, Requirements>;
};

export type RuleGraphResult =
  | { readonly ok: true; readonly graph: RuleGraph }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/**
 * The graph of some rules, and of `told` evidence beside that which the rules name. Refused, with one fault a kind of
 * trouble, when two rules or two pieces of told evidence share a name or a priority is no finite number. Cycles and evidence that nothing makes are not trouble here: see `scheduleRules`.
 * Cost: O(names + inputs), most of it for looking up and ordering names.
 */
export function buildRuleGraph(
  rules: readonly RuleDefinition[],
  told: readonly EvidenceDefinition[] = [],
): RuleGraphResult {
  const arrival = new Map<string, number>();
  for (let i = 0; i < rules.length; i++) arrival.set(rules[i]!.name, i);
  const faults = [
    ...duplicateRules(rules, arrival.size),
    ...duplicateEvidence(told),
    ...invalidPriorities(rules),
  ];
  if (faults.length > 0) return { ok: false, faults };
  const ruleIndex = new NameIndex(arrival);
  const sorted = Array.from(ruleIndex.arrivalOfRank, (index) => rules[index]!);
  const { evidence, edges } = readEvidence(sorted, told);
  const nodes = evidence.names.length + sorted.length;
  const digraph = buildDigraph(nodes, edges.sources, edges.targets);
  const promises = readPromises(told, evidence);
  const policy = "all_producers";
  return { ok: true, graph: { policy, evidence, rules: sorted, ruleIndex, digraph, promises } };
}

/** The node of evidence, or `undefined` when no rule names it. */
export function evidenceNode(graph: RuleGraph, name: string): number | undefined {
  return graph.evidence.rankOf(name);
}

/** The node of a rule, or `undefined` when there is none of that name. */
export function ruleNode(graph: RuleGraph, name: string): number | undefined {
  const rank = graph.ruleIndex.rankOf(name);
  return rank === undefined ? undefined : graph.evidence.names.length + rank;
}

/** Names evidence as it comes up and turns every use of it into an edge. */
function readEvidence(rules: readonly RuleDefinition[], told: readonly EvidenceDefinition[]) {
  const arrival = new Map<string, number>();
  const arrived = (name: string) => {
    const known = arrival.get(name);
    if (known !== undefined) return known;
    arrival.set(name, arrival.size);
    return arrival.size - 1;
  };
  for (const { name } of told) arrived(name);
  let uses = 0;
  for (const rule of rules) uses += rule.inputs.length;
  const inputs = new Uint32Array(uses);
  const outputs = new Uint32Array(rules.length);
  let at = 0;
  rules.forEach((rule, index) => {
    for (const input of rule.inputs) inputs[at++] = arrived(input);
    outputs[index] = arrived(rule.output);
  });
  const evidence = new NameIndex(arrival);
  return { evidence, edges: drawEdges(rules, evidence, inputs, outputs) };
}

function readPromises(told: readonly EvidenceDefinition[], evidence: NameIndex) {
  const promises = new Map<number, Requirements>();
  for (const { name, requirements } of told) {
    const node = evidence.rankOf(name);
    if (node !== undefined && requirements !== undefined) promises.set(node, requirements);
  }
  return promises;
}

/** Rule by rule, its inputs ascending and each once, then its output: so every row of the graph ascends. */
function drawEdges(
  rules: readonly RuleDefinition[],
  evidence: NameIndex,
  inputs: Uint32Array,
  outputs: Uint32Array,
) {
  const sources = new Uint32Array(inputs.length + rules.length);
  const targets = new Uint32Array(inputs.length + rules.length);
  for (let i = 0; i < inputs.length; i++) inputs[i] = evidence.rankOfArrival[inputs[i]!]!;
  let first = 0;
  let edge = 0;
  for (let rule = 0; rule < rules.length; rule++) {
    const node = evidence.names.length + rule;
    const end = first + rules[rule]!.inputs.length;
    sortRange(inputs, first, end);
    for (let i = first; i < end; i++) {
      if (i > first && inputs[i] === inputs[i - 1]) continue;
      sources[edge] = inputs[i]!;
      targets[edge++] = node;
    }
    sources[edge] = node;
    targets[edge++] = evidence.rankOfArrival[outputs[rule]!]!;
    first = end;
  }
  return { sources: sources.subarray(0, edge), targets: targets.subarray(0, edge) };
}

/** Sorts a part of an array in place; short parts, which nearly all are, without making a view. */
function sortRange(values: Uint32Array, first: number, end: number): void {
  if (end - first > 16) {
    values.subarray(first, end).sort();
    return;
  }
  for (let i = first + 1; i < end; i++) {
    const value = values[i]!;
    let hole = i;
    for (; hole > first && values[hole - 1]! > value; hole--) values[hole] = values[hole - 1]!;
    values[hole] = value;
  }
}
