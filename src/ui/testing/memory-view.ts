import type { LiveView } from "../../session/contract.ts";

/** A live view over rows in memory, told of changes by hand. Listeners are called at once, not at a frame. */
export class MemoryView<Row extends { readonly key: string }> implements LiveView<Row> {
  readonly #rows = new Map<string, Row>();
  readonly #changes: string[] = [];
  readonly #listeners = new Set<() => void>();

  constructor(rows: Iterable<Row> = []) {
    for (const row of rows) this.#rows.set(row.key, row);
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  version(): number {
    return this.#changes.length;
  }

  get(key: string): Row | undefined {
    return this.#rows.get(key);
  }

  size(): number {
    return this.#rows.size;
  }

  rows(): Iterable<Row> {
    return this.#rows.values();
  }

  changedSince(version: number): readonly string[] {
    return this.#changes.slice(version);
  }

  /** Puts and removes rows as one change. */
  change(upserts: readonly Row[], removals: readonly string[] = []): void {
    for (const key of removals) this.#rows.delete(key);
    for (const row of upserts) this.#rows.set(row.key, row);
    this.#changes.push(...removals, ...upserts.map((row) => row.key));
    for (const listener of this.#listeners) listener();
  }
}
