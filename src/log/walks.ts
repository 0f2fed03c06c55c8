import { DocumentGraph, type IDocumentGraph } from "./document-graph.ts";
import type { Hop } from "./document-indexer.ts";

type Edge = { readonly source: string; readonly target: string; readonly type: string };

/** Relationships by both of their ends, each list in the order of the log. */
export class Adjacency {
  readonly #outgoing = new Map<string, Edge[]>();
  readonly #incoming = new Map<string, Edge[]>();

  /** `edges` in the order of the log. */
  constructor(edges: Iterable<Edge>) {
    this.add(edges);
  }

  /** Takes in relationships that stand behind all others in the log. */
  add(edges: Iterable<Edge>): void {
    for (const edge of edges) {
      append(this.#outgoing, edge.source, edge);
      append(this.#incoming, edge.target, edge);
    }
  }

  /** Lets relationships go. Cost: that of the lists of their ends. */
  remove(edges: readonly Edge[]): void {
    const gone = new Set(edges.map(nameOf));
    const sources = new Set(edges.map(({ source }) => source));
    const isLeft = (edge: Edge) => !sources.has(edge.source) || !gone.has(nameOf(edge));
    for (const [map, end] of [
      [this.#outgoing, "source"],
      [this.#incoming, "target"],
    ] as const) {
      for (const documentId of new Set(edges.map((edge) => edge[end]))) {
        const left = map.get(documentId)?.filter(isLeft) ?? [];
        if (left.length > 0) map.set(documentId, left);
        else map.delete(documentId);
      }
    }
  }

  outgoing(documentId: string): readonly Edge[] {
    return this.#outgoing.get(documentId) ?? [];
  }

  incoming(documentId: string): readonly Edge[] {
    return this.#incoming.get(documentId) ?? [];
  }
}

/**
 * The way from one document to another with the fewest hops along outgoing relationships of the types given (all when
 * `undefined`), or `null`. Of several the one whose hops come first in their lists. From a document to itself it is
 * that document. Cost: one pass over what the source reaches.
 */
export function findPath(
  adjacency: Adjacency,
  [from, to]: readonly [from: string, to: string],
  types: ReadonlySet<string> | undefined,
): readonly string[] | null {
  const reachedFrom = new Map<string, string | undefined>([[from, undefined]]);
  for (const documentId of reachedFrom.keys()) {
    if (documentId === to) return wayBack(reachedFrom, to);
    for (const { target, type } of adjacency.outgoing(documentId)) {
      if (isWanted(types, type) && !reachedFrom.has(target)) reachedFrom.set(target, documentId);
    }
  }
  return null;
}

/** The steps of a way that `findPath` gave for the same types. Cost: that of the lists of its documents. */
export function hopsAlong(
  adjacency: Adjacency,
  path: readonly string[],
  types: ReadonlySet<string> | undefined,
): readonly Hop[] {
  return path.slice(1).map((targetId, at) => {
    const sourceId = path[at] ?? targetId;
    const between = adjacency
      .outgoing(sourceId)
      .filter(({ target, type }) => target === targetId && isWanted(types, type));
    return { sourceId, targetId, types: between.map(({ type }) => type) };
  });
}

/**
 * The document and all from which it can be reached, nearest first, with every relationship among them of the types
 * given. Cost: one pass over what reaches it.
 */
export function findAncestors(
  adjacency: Adjacency,
  documentId: string,
  types: ReadonlySet<string> | undefined,
): IDocumentGraph {
  const found = new Set([documentId]);
  for (const ancestor of found) {
    for (const { source, type } of adjacency.incoming(ancestor)) if (isWanted(types, type)) found.add(source);
  }
  const edges = [...found].flatMap((ancestor) =>
    adjacency.outgoing(ancestor).filter(({ type }) => isWanted(types, type)),
  );
  return new DocumentGraph(found, edges);
}

/** Maps and sets of JavaScript go on to what is added while they are walked, so they serve as the queue. */
function wayBack(reachedFrom: ReadonlyMap<string, string | undefined>, to: string): readonly string[] {
  const way: string[] = [];
  for (let at: string | undefined = to; at !== undefined; at = reachedFrom.get(at)) way.push(at);
  return way.reverse();
}

function nameOf({ source, target, type }: Edge): string {
  return JSON.stringify([source, target, type]);
}

function isWanted(types: ReadonlySet<string> | undefined, type: string): boolean {
  return types === undefined || types.has(type);
}

function append(map: Map<string, Edge[]>, key: string, edge: Edge): void {
  const edges = map.get(key);
  if (edges === undefined) map.set(key, [edge]);
  else edges.push(edge);
}
