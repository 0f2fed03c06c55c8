import type { Drawing, DrawnEdge, DrawnNode } from "../graph/drawing.ts";
import { isAcyclic } from "../graph/generations.ts";
import { reduceTransitively } from "../graph/transitive-reduction.ts";
import type { RuleGraph } from "./rule-graph.ts";

export type RuleDrawingOptions = {
  readonly name?: string;
  /** `reduced` leaves out what longer paths say too; a graph with a cycle keeps all. By default `all`. */
  readonly edges?: "all" | "reduced";
};

/** A rule graph for `writeDot`, `writeMermaid` and `writeNodeLink`: evidence round, rules square. */
export function drawRules(graph: RuleGraph, options: RuleDrawingOptions = {}): Drawing {
  const evidence = graph.evidence.names.map((label): DrawnNode => ({
    label,
    shape: "round",
    data: { kind: "evidence" },
  }));
  const rules = graph.rules.map(({ name, priority }): DrawnNode => ({
    label: name,
    data: { kind: "rule", priority: String(priority + 0) },
  }));
  return { name: options.name ?? "rules", nodes: [...evidence, ...rules], edges: edgesOf(graph, options) };
}

function edgesOf(graph: RuleGraph, options: RuleDrawingOptions): readonly DrawnEdge[] {
  const isReduced = options.edges === "reduced" && isAcyclic(graph.digraph);
  const { nodes, outStarts, outTargets } = isReduced
    ? reduceTransitively(graph.digraph).graph
    : graph.digraph;
  const edges: DrawnEdge[] = [];
  for (let source = 0; source < nodes; source++) {
    const kind = source < graph.evidence.names.length ? "requires" : "produces";
    for (let slot = outStarts[source]!; slot < outStarts[source + 1]!; slot++) {
      edges.push({ source, target: outTargets[slot]!, data: { kind } });
    }
  }
  return edges;
}
