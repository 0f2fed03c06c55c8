/** A graph of documents as a query returns it. */
export type IDocumentGraph = {
  /** Every document, in the order in which the query found it. */
  readonly all: readonly string[];
  /**
   * Documents reachable along the edges, `startDocumentId` first, each once; siblings in list order. An unknown start
   * gives []. `visitor` is called for each in that order.
   */
  traverse(
    startDocumentId: string,
    strategy: "breadth-first" | "depth-first",
    visitor?: (documentId: string) => void,
  ): readonly string[];
  /**
   * Like `Array.reduce` over the documents in depth-first order from the root: each call gets the value so far, the
   * document, and the document that it was reached from (none for the root). Without `rootDocumentId` it starts at
   * the first document that no edge leads to, and throws `NoRootError` when there is none. An unknown root gives the
   * initial value.
   */
  aggregate<T>(
    reducer: (value: T, documentId: string, parentDocumentId?: string) => T,
    initialValue: T,
    rootDocumentId?: string,
  ): T;
};

/** Every document of the graph is part of, or behind, a cycle, so none of them is where it begins. */
export class NoRootError extends Error {
  constructor(cycle: readonly string[]) {
    super(`The graph has no root: ${cycle.join(" -> ")}. Name the document to start from.`);
    this.name = "NoRootError";
  }
}

type Edge = { readonly source: string; readonly target: string };
type Step = { readonly documentId: string; readonly parent: string | undefined };

/**
 * A graph over documents and edges in list order. Ends of edges that `documents` leaves out do not count. Nothing
 * recurses, so chains of any length are fine. Each walk costs one pass over the edges that it can reach.
 */
export class DocumentGraph implements IDocumentGraph {
  readonly #children: ReadonlyMap<string, readonly string[]>;
  readonly #withParent = new Set<string>();

  constructor(documents: Iterable<string>, edges: Iterable<Edge>) {
    const children = new Map<string, string[]>();
    for (const document of documents) children.set(document, []);
    for (const { source, target } of edges) {
      if (!children.has(target)) continue;
      children.get(source)?.push(target);
      if (children.has(source)) this.#withParent.add(target);
    }
    this.#children = children;
  }

  get all(): readonly string[] {
    return [...this.#children.keys()];
  }

  traverse(
    startDocumentId: string,
    strategy: "breadth-first" | "depth-first",
    visitor?: (documentId: string) => void,
  ): readonly string[] {
    const steps =
      strategy === "depth-first" ? this.#depthFirst(startDocumentId) : this.#breadthFirst(startDocumentId);
    const order: string[] = [];
    for (const { documentId } of steps) {
      order.push(documentId);
      visitor?.(documentId);
    }
    return order;
  }

  aggregate<T>(
    reducer: (value: T, documentId: string, parentDocumentId?: string) => T,
    initialValue: T,
    rootDocumentId?: string,
  ): T {
    let value = initialValue;
    const root = rootDocumentId ?? this.#firstRoot();
    if (root === undefined) return value;
    for (const { documentId, parent } of this.#depthFirst(root)) value = reducer(value, documentId, parent);
    return value;
  }

  *#depthFirst(start: string): IterableIterator<Step> {
    const seen = new Set<string>();
    const stack: Step[] = [{ documentId: start, parent: undefined }];
    for (let step = stack.pop(); step !== undefined; step = stack.pop()) {
      const children = this.#children.get(step.documentId);
      if (children === undefined || seen.has(step.documentId)) continue;
      seen.add(step.documentId);
      yield step;
      for (let i = children.length - 1; i >= 0; i--) {
        const child = children[i];
        if (child !== undefined && !seen.has(child))
          stack.push({ documentId: child, parent: step.documentId });
      }
    }
  }

  *#breadthFirst(start: string): IterableIterator<Step> {
    if (!this.#children.has(start)) return;
    const seen = new Set([start]);
    const queue: Step[] = [{ documentId: start, parent: undefined }];
    for (const step of queue) {
      yield step;
      for (const child of this.#children.get(step.documentId) ?? []) {
        if (seen.has(child)) continue;
        seen.add(child);
        queue.push({ documentId: child, parent: step.documentId });
      }
    }
  }

  /** `undefined` for the empty graph alone. */
  #firstRoot(): string | undefined {
    for (const document of this.#children.keys()) if (!this.#withParent.has(document)) return document;
    if (this.#children.size > 0) throw new NoRootError(this.#findCycle());
    return undefined;
  }

  /** Where every document has a parent, a walk from parent to parent comes back to where it has been. */
  #findCycle(): readonly string[] {
    const parents = new Map<string, string>();
    for (const [source, targets] of this.#children) {
      for (const target of targets) if (!parents.has(target)) parents.set(target, source);
    }
    const way: string[] = [];
    const seen = new Map<string, number>();
    let at: string | undefined = this.#children.keys().next().value;
    while (at !== undefined && !seen.has(at)) {
      seen.set(at, way.length);
      way.push(at);
      at = parents.get(at);
    }
    if (at === undefined) return way;
    return [...way.slice(seen.get(at)), at].reverse();
  }
}
