/** One stream of the log inside a project. */
export type StreamName = {
  readonly documentId: string;
  readonly scope: string;
  readonly branch: string;
};

type Entry<V> = { readonly scope: string; readonly branch: string; value: V };

/**
 * Values by stream. The three parts of a name are never joined into one string, so no name can pass for another. A
 * document has one or two streams, so a short list for each is smaller and faster than maps in maps.
 */
export class StreamMap<V> {
  readonly #byDocument = new Map<string, Entry<V>[]>();

  get(name: StreamName): V | undefined {
    return this.#entry(name)?.value;
  }

  set(name: StreamName, value: V): void {
    const entry = this.#entry(name);
    if (entry !== undefined) entry.value = value;
    else this.#add(name, value);
  }

  /** In the order in which documents were first set. */
  *entries(): IterableIterator<readonly [StreamName, V]> {
    for (const [documentId, entries] of this.#byDocument) {
      for (const { scope, branch, value } of entries) yield [{ documentId, scope, branch }, value];
    }
  }

  #entry({ documentId, scope, branch }: StreamName): Entry<V> | undefined {
    return this.#byDocument
      .get(documentId)
      ?.find((entry) => entry.scope === scope && entry.branch === branch);
  }

  #add({ documentId, scope, branch }: StreamName, value: V): void {
    const entries = this.#byDocument.get(documentId);
    if (entries === undefined) this.#byDocument.set(documentId, [{ scope, branch, value }]);
    else entries.push({ scope, branch, value });
  }
}
