import type { Identity } from "./identity.ts";
import type { Row } from "./row.ts";

const none: readonly Row[] = [];

/**
 * Rows by what they are joined on. A value that only one row has costs no more than that row's place in a map. Rows that are
 * joined on null are not found.
 */
export class RowIndex {
  readonly #buckets = new Map<Identity, Row | Bucket>();
  /** The rows that are joined on null, by key. */
  readonly #unmatched = new Bucket();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  clear(): void {
    this.#buckets.clear();
    this.#unmatched.clear();
    this.#size = 0;
  }

  has(identity: Identity): boolean {
    return identity !== null && this.#buckets.has(identity);
  }

  /** The rows with this value, as they are now. */
  at(identity: Identity): Iterable<Row> {
    if (identity === null) return none;
    const bucket = this.#buckets.get(identity);
    if (bucket === undefined) return none;
    return bucket instanceof Bucket ? bucket.values() : [bucket];
  }

  /** Puts a row in, in place of one with its key and value. */
  put(identity: Identity, row: Row): void {
    const bucket = identity === null ? this.#unmatched : this.#buckets.get(identity);
    if (bucket instanceof Bucket) {
      this.#size -= bucket.size;
      bucket.set(row.key, row);
      this.#size += bucket.size;
    } else if (bucket === undefined || bucket.key === row.key) {
      this.#size += bucket === undefined ? 1 : 0;
      this.#buckets.set(identity, row);
    } else {
      this.#size++;
      this.#buckets.set(
        identity,
        new Bucket([
          [bucket.key, bucket],
          [row.key, row],
        ]),
      );
    }
  }

  remove(identity: Identity, key: string): void {
    const bucket = identity === null ? this.#unmatched : this.#buckets.get(identity);
    if (bucket === undefined) return;
    this.#size--;
    if (!(bucket instanceof Bucket)) this.#buckets.delete(identity);
    else if (bucket.delete(key) && bucket.size === 0) this.#buckets.delete(identity);
  }

  *[Symbol.iterator](): Iterator<Row> {
    for (const bucket of this.#buckets.values()) {
      if (bucket instanceof Bucket) yield* bucket.values();
      else yield bucket;
    }
    yield* this.#unmatched.values();
  }
}

/** The rows of one value by key. */
class Bucket extends Map<string, Row> {}
