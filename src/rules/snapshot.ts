import type { OutputPolicy, Requirements } from "./rule-definition.ts";
import { canonicalRequirements } from "./requirements.ts";
import type { RuleGraph } from "./rule-graph.ts";

/** Raised whenever the same graph would give another snapshot or signature. */
export const snapshotVersion = 2;

export type SnapshotNode =
  | {
      readonly id: number;
      readonly kind: "evidence";
      readonly name: string;
      /** What it promises; `null` when nothing was told. */
      readonly requirements: Requirements | null;
    }
  | {
      readonly id: number;
      readonly kind: "rule";
      readonly name: string;
      readonly priority: number;
      /** Fields and keys in the order of names; `null` when the rule asks for nothing. */
      readonly requirements: Requirements | null;
    };

/** `name` is that of the evidence. */
export type SnapshotEdge = {
  readonly source: number;
  readonly target: number;
  readonly kind: "requires" | "produces";
  readonly name: string;
};

/** A rule graph as plain data that JSON keeps as it is. The same rules in any order give the same snapshot. */
export type RuleGraphSnapshot = {
  readonly version: number;
  /** What the caller calls it. */
  readonly label: string;
  readonly policy: OutputPolicy;
  /** By id, without gaps from 0. */
  readonly nodes: readonly SnapshotNode[];
  /** By source, then target. */
  readonly edges: readonly SnapshotEdge[];
};

/** The snapshot of a graph. Cost: O(nodes + edges), one object for each. */
export function snapshotOf(graph: RuleGraph, label: string): RuleGraphSnapshot {
  return {
    version: snapshotVersion,
    label,
    policy: graph.policy,
    nodes: [...evidenceNodes(graph), ...ruleNodes(graph)],
    edges: edgesOf(graph),
  };
}

function evidenceNodes(graph: RuleGraph): readonly SnapshotNode[] {
  return graph.evidence.names.map((name, id) => ({
    id,
    kind: "evidence",
    name,
    requirements: canonicalRequirements(graph.promises.get(id)),
  }));
}

function ruleNodes(graph: RuleGraph): readonly SnapshotNode[] {
  return graph.rules.map(({ name, priority, requirements }, index) => ({
    id: graph.evidence.names.length + index,
    kind: "rule",
    name,
    priority: priority + 0,
    requirements: canonicalRequirements(requirements),
  }));
}

function edgesOf(graph: RuleGraph): readonly SnapshotEdge[] {
  const { outStarts, outTargets, nodes } = graph.digraph;
  const { names } = graph.evidence;
  const edges: SnapshotEdge[] = [];
  for (let source = 0; source < nodes; source++) {
    for (let slot = outStarts[source]!; slot < outStarts[source + 1]!; slot++) {
      const target = outTargets[slot]!;
      if (source < names.length) edges.push({ source, target, kind: "requires", name: names[source]! });
      else edges.push({ source, target, kind: "produces", name: names[target]! });
    }
  }
  return edges;
}
