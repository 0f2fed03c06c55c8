import fc from "fast-check";
import { buildDigraph } from "./digraph.ts";
import type { Digraph } from "./digraph.ts";

/** A graph as a person would write it down: how many nodes, and pairs. */
export type Sketch = { readonly nodes: number; readonly edges: readonly (readonly [number, number])[] };

/** Sketches of up to `maxNodes` nodes with cycles, self loops, parallel edges and lone nodes. */
export function sketches(maxNodes = 10, maxEdges = 24): fc.Arbitrary<Sketch> {
  return fc.integer({ min: 0, max: maxNodes }).chain((nodes) =>
    fc.record({
      nodes: fc.constant(nodes),
      edges:
        nodes === 0
          ? fc.constant([])
          : fc.array(fc.tuple(fc.nat(nodes - 1), fc.nat(nodes - 1)), { maxLength: maxEdges }),
    }),
  );
}

/** Sketches whose edges all lead upwards, so that there is no cycle. */
export function acyclicSketches(maxNodes = 10, maxEdges = 24): fc.Arbitrary<Sketch> {
  return sketches(maxNodes, maxEdges).map(({ nodes, edges }) => ({
    nodes,
    edges: edges
      .filter(([from, to]) => from !== to)
      .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const),
  }));
}

export function draw({ nodes, edges }: Sketch): Digraph {
  return buildDigraph(
    nodes,
    edges.map(([from]) => from),
    edges.map(([, to]) => to),
  );
}

/** By pair of nodes: the fewest edges, at least one, of a path between them. Floyd and Warshall, cubic. */
export function distances({ nodes, edges }: Sketch): number[][] {
  const d = Array.from({ length: nodes }, () => Array<number>(nodes).fill(Infinity));
  for (const [from, to] of edges) d[from]![to] = 1;
  for (let via = 0; via < nodes; via++) {
    for (let a = 0; a < nodes; a++) {
      for (let b = 0; b < nodes; b++) d[a]![b] = Math.min(d[a]![b]!, d[a]![via]! + d[via]![b]!);
    }
  }
  return d;
}

/** Whether no node of the sketch reaches itself. */
export function isCycleFree(sketch: Sketch): boolean {
  return distances(sketch).every((row, node) => row[node] === Infinity);
}

/** A path, or a ring, through 1,000,000 nodes. */
export function longSketch(shape: "chain" | "ring"): Digraph {
  const nodes = 1_000_000;
  const sources = Uint32Array.from({ length: shape === "ring" ? nodes : nodes - 1 }, (_, i) => i);
  return buildDigraph(
    nodes,
    sources,
    sources.map((i) => (i + 1) % nodes),
  );
}
