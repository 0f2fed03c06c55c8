import { findCyclicComponents } from "../graph/strongly-connected.ts";
import { isAcyclic } from "../graph/generations.ts";
import { reduceTransitively } from "../graph/transitive-reduction.ts";
import { findRuleCriticalPath } from "./critical-path.ts";
import { findRuleCycles } from "./cycles.ts";
import type { Cut, RuleCycles } from "./rule-cycle.ts";
import type { RuleDefinition } from "./rule-definition.ts";
import type { RuleGraph } from "./rule-graph.ts";

/** What there is to say about a rule graph, as plain data in a fixed order: lists go by name. */
export type RuleDiagnostics = {
  readonly status: "ok" | "cycle";
  readonly counts: { readonly rules: number; readonly evidence: number; readonly edges: number };
  /** One for each component, with its path and the least cuts, and what waits behind. */
  readonly cycles: RuleCycles;
  /** Rules and evidence that can be reached from each other, by the least name of their evidence. */
  readonly components: readonly { readonly rules: readonly string[]; readonly evidence: readonly string[] }[];
  readonly isolated: {
    /** That no rule reads or makes. */
    readonly evidence: readonly string[];
    /** That read nothing and make what nobody reads. */
    readonly rules: readonly string[];
  };
  /** `null` for a graph with a cycle, which has no single reduction. */
  readonly reduction: RuleReduction | null;
  readonly criticalPath: {
    readonly length: number;
    readonly path: readonly string[];
    /** Of the rules that are not on or behind a cycle. */
    readonly rules: readonly RuleTimes[];
  };
};

export type RuleReduction = {
  /** Requirements that others of the same rule stand for already; by input, then rule. */
  readonly redundant: readonly Cut[];
  /** By node: the node that stands for it. */
  readonly nodeMap: readonly number[];
  /** `false` when the search was cut short, so that more might be redundant. */
  readonly complete: boolean;
};

/** In the unit of the weights. */
export type RuleTimes = {
  readonly rule: string;
  readonly start: number;
  readonly remaining: number;
  readonly slack: number;
};

export type DiagnosticsOptions = {
  /** How long a rule takes, not negative. By default 1. */
  readonly weightOf?: (rule: RuleDefinition) => number;
  /** Edges that the reduction may look at; see `reduceTransitively`. */
  readonly budget?: number;
};

/** Cost: that of `findRuleCycles`, `reduceTransitively` and O(rules + edges). */
export function diagnoseRules(graph: RuleGraph, options: DiagnosticsOptions = {}): RuleDiagnostics {
  const acyclic = isAcyclic(graph.digraph);
  return {
    status: acyclic ? "ok" : "cycle",
    counts: {
      rules: graph.rules.length,
      evidence: graph.evidence.names.length,
      edges: graph.digraph.edges,
    },
    cycles: findRuleCycles(graph),
    components: acyclic ? [] : findCyclicComponents(graph.digraph).map((members) => split(graph, members)),
    isolated: findIsolated(graph),
    reduction: acyclic ? reduce(graph, options.budget) : null,
    criticalPath: timesOf(graph, options.weightOf ?? (() => 1)),
  };
}

function split(graph: RuleGraph, members: Uint32Array) {
  const { names } = graph.evidence;
  const nodes = [...members];
  return {
    rules: nodes.filter((node) => node >= names.length).map((node) => graph.rules[node - names.length]!.name),
    evidence: nodes.filter((node) => node < names.length).map((node) => names[node]!),
  };
}

function findIsolated(graph: RuleGraph): RuleDiagnostics["isolated"] {
  const { inStarts, outStarts, outTargets } = graph.digraph;
  const { names } = graph.evidence;
  const isRead = (node: number) => outStarts[node] !== outStarts[node + 1];
  const isFed = (node: number) => inStarts[node] !== inStarts[node + 1];
  return {
    evidence: names.filter((_, node) => !isRead(node) && !isFed(node)),
    rules: graph.rules
      .filter((_, rule) => {
        const node = names.length + rule;
        return !isFed(node) && !isRead(outTargets[outStarts[node]!]!);
      })
      .map(({ name }) => name),
  };
}

function reduce(graph: RuleGraph, budget: number | undefined): RuleReduction {
  const { outStarts, outTargets } = graph.digraph;
  const { names } = graph.evidence;
  const reduced = reduceTransitively(graph.digraph, budget);
  const redundant: Cut[] = [];
  names.forEach((input, node) => {
    const row = reduced.graph.outTargets.subarray(
      reduced.graph.outStarts[node],
      reduced.graph.outStarts[node + 1],
    );
    const kept = new Set(row);
    for (const rule of outTargets.subarray(outStarts[node], outStarts[node + 1])) {
      if (!kept.has(rule)) redundant.push({ rule: graph.rules[rule - names.length]!.name, input });
    }
  });
  return { redundant, nodeMap: [...reduced.nodeMap], complete: reduced.complete };
}

function timesOf(graph: RuleGraph, weightOf: (rule: RuleDefinition) => number) {
  const { length, path, start, remaining, slack } = findRuleCriticalPath(graph, weightOf);
  const rules = graph.rules.map(({ name }, rule) => ({
    rule: name,
    start: start[rule]!,
    remaining: remaining[rule]!,
    slack: slack[rule]!,
  }));
  return { length, path, rules: rules.filter((each) => !Number.isNaN(each.start)) };
}
