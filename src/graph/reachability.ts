import { reverse } from "./digraph.ts";
import type { Digraph } from "./digraph.ts";

/**
 * The nodes that a path of at least one edge leads to from any of `starts`, ascending. A start is among them only
 * when such a path leads to it. Cost: O(nodes reached and their edges), and one byte a node.
 */
export function findDescendants(graph: Digraph, starts: Iterable<number>): Uint32Array {
  const { outStarts, outTargets } = graph;
  const seen = new Uint8Array(graph.nodes);
  const reached: number[] = [];
  const visit = (v: number) => {
    for (let slot = outStarts[v]!; slot < outStarts[v + 1]!; slot++) {
      const next = outTargets[slot]!;
      if (seen[next] === 1) continue;
      seen[next] = 1;
      reached.push(next);
    }
  };
  for (const start of starts) visit(start);
  for (let head = 0; head < reached.length; head++) visit(reached[head]!);
  return reached.length * 16 < graph.nodes ? sorted(reached) : marked(seen, reached.length);
}

function sorted(nodes: readonly number[]): Uint32Array {
  const copy = new Uint32Array(nodes.length);
  for (let i = 0; i < nodes.length; i++) copy[i] = nodes[i]!;
  return copy.sort();
}

/** Where a good part of the graph is reached, looking at every mark is quicker than sorting. */
function marked(marks: Uint8Array, count: number): Uint32Array {
  const nodes = new Uint32Array(count);
  for (let v = 0, at = 0; at < count; v++) if (marks[v] === 1) nodes[at++] = v;
  return nodes;
}

/** The nodes from which a path of at least one edge leads to any of `ends`, ascending. */
export function findAncestors(graph: Digraph, ends: Iterable<number>): Uint32Array {
  return findDescendants(reverse(graph), ends);
}
