import { inDegrees, reverse } from "./digraph.ts";
import type { Digraph } from "./digraph.ts";
import { isAcyclic } from "./generations.ts";

export type SorterOptions = {
  /** `refuse`, the default, throws for a graph with a cycle. `allow` never hands out what is on or behind one. */
  readonly cycles?: "refuse" | "allow";
  /** `backward` hands out a node when all its successors are done. By default `forward`. */
  readonly direction?: "forward" | "backward";
  /**
   * Nodes to begin with, whatever leads to them. With it, the sorter hands out these and what depends on nothing
   * else; without it, it begins with all nodes that nothing leads to.
   */
  readonly initial?: Iterable<number>;
};

/** A sorter that was used against its rules, or refused a graph. */
export class SorterError extends Error {
  readonly reason: "cycle" | "not-ready" | "done-twice";

  constructor(reason: SorterError["reason"], message: string) {
    super(message);
    this.name = "SorterError";
    this.reason = reason;
  }
}

const waits = 0;
const isReady = 1;
const isOut = 2;
const isDone = 3;

/**
 * Hands out the nodes of a graph in batches, each node once all that it depends on is done. The caller says when a
 * node is done, so work on independent nodes can overlap. Cost: O(nodes + edges) over its whole life.
 */
export class TopologicalSorter {
  readonly #graph: Digraph;
  readonly #waiting: Int32Array;
  readonly #state: Uint8Array;
  #ready: number[] = [];
  #out = 0;

  /** Throws a `SorterError` for a graph with a cycle, unless they are allowed. */
  constructor(graph: Digraph, options: SorterOptions = {}) {
    if (options.cycles !== "allow" && !isAcyclic(graph)) {
      throw new SorterError("cycle", "the graph has a cycle");
    }
    this.#graph = options.direction === "backward" ? reverse(graph) : graph;
    this.#waiting = inDegrees(this.#graph);
    this.#state = new Uint8Array(graph.nodes);
    for (const node of options.initial ?? this.#leaves()) if (this.#state[node] === waits) this.#free(node);
  }

  /** Whether a node is ready or out. When it is false, no further node will ever be handed out. */
  isActive(): boolean {
    return this.#ready.length > 0 || this.#out > 0;
  }

  /** The nodes that became ready since the last call, ascending. */
  getReady(): readonly number[] {
    const batch = this.#ready.sort((a, b) => a - b);
    for (const node of batch) this.#state[node] = isOut;
    this.#out += batch.length;
    this.#ready = [];
    return batch;
  }

  /**
   * Says that a node, or several, which `getReady` handed out are done. Throws a `SorterError`, and takes none of
   * them, when one was not handed out or is done already.
   */
  done(nodes: number | readonly number[]): void {
    const list = typeof nodes === "number" ? [nodes] : nodes;
    for (const node of list) this.#refuse(node);
    if (new Set(list).size < list.length) throw new SorterError("done-twice", "a node is done twice at once");
    for (const node of list) this.#finish(node);
  }

  *#leaves(): Iterable<number> {
    for (let node = 0; node < this.#graph.nodes; node++) if (this.#waiting[node] === 0) yield node;
  }

  #refuse(node: number): void {
    const state = this.#state[node];
    if (state === isDone) throw new SorterError("done-twice", `node ${node} is done already`);
    if (state !== isOut) throw new SorterError("not-ready", `node ${node} was not handed out`);
  }

  #finish(node: number): void {
    const { outStarts, outTargets } = this.#graph;
    this.#state[node] = isDone;
    this.#out--;
    for (let slot = outStarts[node]!; slot < outStarts[node + 1]!; slot++) {
      const next = outTargets[slot]!;
      if (--this.#waiting[next]! === 0 && this.#state[next] === waits) this.#free(next);
    }
  }

  #free(node: number): void {
    this.#state[node] = isReady;
    this.#ready.push(node);
  }
}
