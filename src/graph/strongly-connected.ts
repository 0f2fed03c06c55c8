import { edgeSources } from "./digraph.ts";
import type { Digraph } from "./digraph.ts";

/** The components of a graph: two nodes share one when each can be reached from the other. */
export type Components = {
  readonly count: number;
  /** Component of each node. No edge leads from a component to one with a greater number. */
  readonly componentOf: Uint32Array;
};

const none = 0xffffffff;

/**
 * The strongly connected components, without recursion. Cost: O(nodes + edges) time, 20 bytes a node.
 * Source: Tarjan, Depth-first search and linear graph algorithms, 1972.
 */
export function findComponents(graph: Digraph): Components {
  const { outStarts, outTargets, nodes } = graph;
  const componentOf = new Uint32Array(nodes).fill(none);
  const discovered = new Uint32Array(nodes).fill(none);
  /** The earliest discovered node that is still open and can be reached, by its time of discovery. */
  const low = new Uint32Array(nodes);
  const cursor = outStarts.slice(0, nodes);
  const path = new Uint32Array(nodes);
  const open = new Uint32Array(nodes);
  let count = 0;
  let clock = 0;
  let opened = 0;
  let depth = 0;

  const enter = (v: number) => {
    discovered[v] = low[v] = clock++;
    path[depth++] = v;
    open[opened++] = v;
  };
  const leave = (v: number) => {
    depth--;
    if (low[v] === discovered[v]) {
      let member: number;
      do {
        member = open[--opened]!;
        componentOf[member] = count;
      } while (member !== v);
      count++;
    } else {
      const parent = path[depth - 1]!;
      if (low[v]! < low[parent]!) low[parent] = low[v]!;
    }
  };

  for (let root = 0; root < nodes; root++) {
    if (discovered[root] === none) enter(root);
    while (depth > 0) {
      const v = path[depth - 1]!;
      const slot = cursor[v]!;
      if (slot === outStarts[v + 1]!) {
        leave(v);
        continue;
      }
      cursor[v] = slot + 1;
      const next = outTargets[slot]!;
      if (discovered[next] === none) enter(next);
      else if (componentOf[next] === none && discovered[next]! < low[v]!) low[v] = discovered[next]!;
    }
  }
  return { count, componentOf };
}

/**
 * The components that hold a cycle: those of several nodes, and single nodes with a self loop. Members ascend;
 * components are ordered by their least member. Cost: O(nodes + edges).
 */
export function findCyclicComponents(graph: Digraph): readonly Uint32Array[] {
  const { count, componentOf } = findComponents(graph);
  const cyclic = new Uint8Array(count);
  const sources = edgeSources(graph);
  for (let slot = 0; slot < graph.edges; slot++) {
    const component = componentOf[sources[slot]!]!;
    // An edge inside a component lies on a cycle.
    if (component === componentOf[graph.outTargets[slot]!]!) cyclic[component] = 1;
  }
  const members = new Map<number, number[]>();
  for (let v = 0; v < graph.nodes; v++) {
    const component = componentOf[v]!;
    if (cyclic[component] === 0) continue;
    const known = members.get(component);
    if (known === undefined) members.set(component, [v]);
    else known.push(v);
  }
  return [...members.values()].map((nodes) => Uint32Array.from(nodes));
}
