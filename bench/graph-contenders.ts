import { Graph as Graphlib, alg } from "@dagrejs/graphlib";
import Graphology from "graphology";
import { hasCycle, topologicalGenerations } from "graphology-dag";
import { buildDigraph } from "../src/graph/digraph.ts";
import { findGenerations, isAcyclic } from "../src/graph/generations.ts";
import { findDescendants } from "../src/graph/reachability.ts";
import { findComponents } from "../src/graph/strongly-connected.ts";
import type { Ends } from "./graph-shapes.ts";

/** What is timed, in this order; `undefined` where a library has nothing for it. */
export const tasks = ["build", "generations", "cycles", "components", "impact"] as const;

export type Contender = {
  readonly name: string;
  /** Builds a graph and gives what is timed on it. */
  readonly prepare: (ends: Ends) => readonly ((() => unknown) | undefined)[];
};

export const ours: Contender = {
  name: "Strata",
  prepare: (ends) => {
    const build = () => buildDigraph(ends.nodes, ends.sources, ends.targets);
    const graph = build();
    const changed = changesOf(ends.nodes);
    return [
      build,
      () => findGenerations(graph),
      () => isAcyclic(graph),
      () => findComponents(graph),
      () => findDescendants(graph, changed),
    ];
  },
};

/** graphology has no strongly connected components in its DAG package. */
const graphology: Contender = {
  name: "graphology",
  prepare: (ends) => {
    const build = () => {
      const graph = new Graphology({ type: "directed", multi: true, allowSelfLoops: true });
      for (let v = 0; v < ends.nodes; v++) graph.addNode(v);
      for (let i = 0; i < ends.sources.length; i++) graph.addEdge(ends.sources[i], ends.targets[i]);
      return graph;
    };
    const graph = build();
    // Its generations refuse graphs with parallel edges, so these are left out for them.
    const simple = new Graphology({ type: "directed" });
    for (let v = 0; v < ends.nodes; v++) simple.addNode(v);
    for (let i = 0; i < ends.sources.length; i++) simple.mergeEdge(ends.sources[i], ends.targets[i]);
    const changed = changesOf(ends.nodes).map(String);
    return [
      build,
      () => topologicalGenerations(simple),
      () => hasCycle(simple),
      undefined,
      () => walk(changed, (node) => graph.outNeighbors(node)),
    ];
  },
};

/** graphlib has a topological order, but no generations. */
const graphlib: Contender = {
  name: "graphlib",
  prepare: (ends) => {
    const build = () => {
      const graph = new Graphlib({ directed: true });
      for (let v = 0; v < ends.nodes; v++) graph.setNode(String(v));
      for (let i = 0; i < ends.sources.length; i++) {
        graph.setEdge(String(ends.sources[i]), String(ends.targets[i]));
      }
      return graph;
    };
    const graph = build();
    const changed = changesOf(ends.nodes).map(String);
    return [
      build,
      () => alg.topsort(graph),
      () => alg.isAcyclic(graph),
      () => alg.tarjan(graph),
      () => walk(changed, (node) => graph.successors(node) ?? []),
    ];
  },
};

export const rivals: readonly Contender[] = [graphology, graphlib];

function changesOf(nodes: number): number[] {
  return Array.from({ length: 100 }, (_, i) => i * Math.floor(nodes / 100));
}

function walk(starts: readonly string[], next: (node: string) => readonly string[]): string[] {
  const seen = new Set<string>();
  const queue = [...starts];
  for (const node of queue) {
    for (const each of next(node)) {
      if (seen.has(each)) continue;
      seen.add(each);
      queue.push(each);
    }
  }
  return [...seen].sort((a, b) => Number(a) - Number(b));
}
