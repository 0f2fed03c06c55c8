import { invariant } from "../base/invariant.ts";
import { buildDigraph } from "./digraph.ts";
import type { Digraph } from "./digraph.ts";
import { findGenerations } from "./generations.ts";

/** Edges looked at before the rest are kept as they are. */
const defaultBudget = 50_000_000;

export type Reduction = {
  /** The same nodes under the same numbers, with the edges that say something. */
  readonly graph: Digraph;
  /** By node of the original: the node of `graph` that stands for it. A reduction keeps all, so each is its own. */
  readonly nodeMap: Uint32Array;
  /** Whether every edge that could go is gone; `false` when the budget was used up. */
  readonly complete: boolean;
};

/**
 * Leaves out each edge from one node to another that a longer path joins too, and all but one of parallel edges, so
 * that what can be reached stays the same. Throws for a graph with a cycle. Cost: O(nodes · edges) at the worst, no
 * more than `budget` edges. Source: Aho, Garey and Ullman, The transitive reduction of a directed graph, 1972.
 */
export function reduceTransitively(graph: Digraph, budget: number = defaultBudget): Reduction {
  const { order } = findGenerations(graph);
  invariant(order.length === graph.nodes, "a graph without cycles is reduced");
  const place = new Uint32Array(graph.nodes);
  order.forEach((node, index) => (place[node] = index));
  const walk = new Walk(graph, place, budget);
  const sources: number[] = [];
  const targets: number[] = [];
  for (let node = 0; node < graph.nodes; node++) {
    for (const next of walk.directSuccessors(node)) {
      sources.push(node);
      targets.push(next);
    }
  }
  return {
    graph: buildDigraph(graph.nodes, sources, targets),
    nodeMap: Uint32Array.from({ length: graph.nodes }, (_, node) => node),
    complete: walk.budget > 0,
  };
}

class Walk {
  budget: number;
  readonly #graph: Digraph;
  /** Place of each node in a topological order. */
  readonly #place: Uint32Array;
  /** 1 + the last node whose walk came here. */
  readonly #seen: Uint32Array;

  constructor(graph: Digraph, place: Uint32Array, budget: number) {
    this.#graph = graph;
    this.#place = place;
    this.#seen = new Uint32Array(graph.nodes);
    this.budget = budget;
  }

  /** The successors that no other one leads to, nearest first: what leads to a successor comes before it. */
  directSuccessors(node: number): readonly number[] {
    const { outStarts, outTargets } = this.#graph;
    const successors = outTargets.slice(outStarts[node], outStarts[node + 1]);
    successors.sort((a, b) => this.#place[a]! - this.#place[b]!);
    const farthest = this.#place[successors.at(-1) ?? node]!;
    const direct: number[] = [];
    for (const next of successors) {
      if (this.#seen[next] === node + 1) continue;
      direct.push(next);
      this.#mark(next, node + 1, farthest);
    }
    return direct;
  }

  /** Marks what `start` leads to, itself included, as far as the last successor that could be meant. */
  #mark(start: number, mark: number, farthest: number): void {
    const { outStarts, outTargets } = this.#graph;
    const stack = [start];
    this.#seen[start] = mark;
    while (stack.length > 0) {
      const node = stack.pop()!;
      if (this.budget <= 0) return;
      for (let slot = outStarts[node]!; slot < outStarts[node + 1]!; slot++) {
        this.budget--;
        const next = outTargets[slot]!;
        if (this.#seen[next] === mark || this.#place[next]! > farthest) continue;
        this.#seen[next] = mark;
        stack.push(next);
      }
    }
  }
}
