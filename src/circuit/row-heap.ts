import type { Row } from "./row.ts";

/**
 * Rows by key, with the one of the least key at hand. Keys lie in a binary heap, where those that are gone stay until they
 * come to the top or are more than those that are there: a row that comes or goes costs little more than its place in a
 * map, O(log n) amortised at the worst.
 */
export class RowHeap {
  readonly #rows = new Map<string, Row>();
  #keys: string[] = [];
  #least: Row | undefined;

  get size(): number {
    return this.#rows.size;
  }

  /** The row with the least key. */
  get least(): Row | undefined {
    return this.#least;
  }

  /** Puts a row in, in place of the one with its key. */
  put(row: Row): void {
    const { size } = this.#rows;
    this.#rows.set(row.key, row);
    if (this.#rows.size > size) this.#rise(row.key);
    if (this.#least === undefined || row.key <= this.#least.key) this.#least = row;
  }

  remove(key: string): void {
    this.#rows.delete(key);
    if (this.#keys.length > 2 * this.#rows.size + 8) this.#rebuild();
    if (key === this.#least?.key) this.#least = this.#findLeast();
  }

  /** Drops keys that are gone off the top. */
  #findLeast(): Row | undefined {
    for (let [key] = this.#keys; key !== undefined; [key] = this.#keys) {
      const row = this.#rows.get(key);
      if (row !== undefined) return row;
      this.#dropTop();
    }
    return undefined;
  }

  /** Puts a key in below its least descendants and above all others. */
  #rise(key: string): void {
    const keys = this.#keys;
    let hole = keys.length;
    while (hole > 0) {
      const at = (hole - 1) >> 1;
      const parent = keys[at];
      if (parent === undefined || key >= parent) break;
      keys[hole] = parent;
      hole = at;
    }
    keys[hole] = key;
  }

  #dropTop(): void {
    const last = this.#keys.pop();
    if (last !== undefined && this.#keys.length > 0) this.#sink(last);
  }

  /** Puts a key in at the top, and lower as long as a child is less. */
  #sink(key: string): void {
    const keys = this.#keys;
    let hole = 0;
    for (let at = 1; at < keys.length; at = 2 * hole + 1) {
      const [left = "", right] = [keys[at], keys[at + 1]];
      const isRight = right !== undefined && right < left;
      const child = isRight ? right : left;
      if (child >= key) break;
      keys[hole] = child;
      hole = isRight ? at + 1 : at;
    }
    keys[hole] = key;
  }

  /** Forgets the keys that are gone. What is sorted is a heap. */
  #rebuild(): void {
    this.#keys = [...this.#rows.keys()].sort((a, b) => (a < b ? -1 : 1));
  }
}
