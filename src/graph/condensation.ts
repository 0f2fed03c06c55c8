import { buildDigraph, edgeSources } from "./digraph.ts";
import type { Digraph } from "./digraph.ts";
import { findComponents } from "./strongly-connected.ts";

/** A graph with each of its components drawn together into one node. It has no cycle. */
export type Condensation = {
  /** One node a component, with one edge where any leads from one to the other, and none to itself. */
  readonly graph: Digraph;
  /** The node of `graph` in which each node of the original went up. */
  readonly componentOf: Uint32Array;
};

/** Cost: O(nodes + edges). */
export function condense(graph: Digraph): Condensation {
  const { count, componentOf } = findComponents(graph);
  const from = edgeSources(graph).map((node) => componentOf[node]!);
  const to = graph.outTargets.map((node) => componentOf[node]!);
  return { graph: withoutRepeats(buildDigraph(count, from, to)), componentOf };
}

/** The same graph without self loops and with one edge for parallel ones. */
function withoutRepeats(graph: Digraph): Digraph {
  const sources: number[] = [];
  const targets: number[] = [];
  /** By target: 1 + the last source that led to it. */
  const last = new Uint32Array(graph.nodes);
  for (let node = 0; node < graph.nodes; node++) {
    for (let slot = graph.outStarts[node]!; slot < graph.outStarts[node + 1]!; slot++) {
      const next = graph.outTargets[slot]!;
      if (next === node || last[next] === node + 1) continue;
      last[next] = node + 1;
      sources.push(node);
      targets.push(next);
    }
  }
  return buildDigraph(graph.nodes, sources, targets);
}
