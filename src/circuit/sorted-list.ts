/** How many items a chunk holds at the most. Measured: 128 to 1,024 make no difference that shows. */
const chunkSize = 512;

/**
 * Items in an order that says of two items that they are the same only if they are. Kept in chunks, so that an item is found by
 * two binary searches and put in by moving at most a chunk: about 17 comparisons at 100,000 items. The first and the last
 * are at hand.
 */
export class SortedList<T> {
  readonly #compare: (a: T, b: T) => number;
  /** In order; none is empty. */
  #chunks: T[][] = [];
  #size = 0;

  constructor(compare: (a: T, b: T) => number, items: readonly T[] = []) {
    this.#compare = compare;
    const sorted = items.toSorted(compare);
    for (let at = 0; at < sorted.length; at += chunkSize / 2) {
      this.#chunks.push(sorted.slice(at, at + chunkSize / 2));
    }
    this.#size = sorted.length;
  }

  get size(): number {
    return this.#size;
  }

  get first(): T | undefined {
    return this.#chunks[0]?.[0];
  }

  get last(): T | undefined {
    return this.#chunks.at(-1)?.at(-1);
  }

  add(item: T): void {
    this.#size++;
    const at = Math.min(this.#findChunk(item), this.#chunks.length - 1);
    const chunk = this.#chunks[at];
    if (chunk === undefined) {
      this.#chunks.push([item]);
      return;
    }
    chunk.splice(this.#findPlace(chunk, item), 0, item);
    if (chunk.length > chunkSize) this.#chunks.splice(at + 1, 0, chunk.splice(chunkSize / 2));
  }

  /** Takes out the item that is the same as this one, and gives it; `undefined` when there is none. */
  remove(item: T): T | undefined {
    const at = this.#findChunk(item);
    const chunk = this.#chunks[at];
    if (chunk === undefined) return undefined;
    const place = this.#findPlace(chunk, item);
    const found = chunk[place];
    if (found === undefined || this.#compare(found, item) !== 0) return undefined;
    this.#removeAt(at, place);
    return found;
  }

  /** Puts an item in the place of the one that is the same, and gives that; `undefined`, and nothing done, when there is none. */
  replace(item: T): T | undefined {
    const chunk = this.#chunks[this.#findChunk(item)];
    if (chunk === undefined) return undefined;
    const place = this.#findPlace(chunk, item);
    const found = chunk[place];
    if (found === undefined || this.#compare(found, item) !== 0) return undefined;
    chunk[place] = item;
    return found;
  }

  takeFirst(): T | undefined {
    const { first } = this;
    if (this.#size > 0) this.#removeAt(0, 0);
    return first;
  }

  takeLast(): T | undefined {
    const { last } = this;
    const at = this.#chunks.length - 1;
    if (this.#size > 0) this.#removeAt(at, (this.#chunks[at]?.length ?? 1) - 1);
    return last;
  }

  /** The first items, at most `limit` of them, in order. */
  head(limit: number): readonly T[] {
    const items: T[] = [];
    for (const chunk of this.#chunks) {
      if (items.length + chunk.length >= limit) return items.concat(chunk.slice(0, limit - items.length));
      items.push(...chunk);
    }
    return items;
  }

  *[Symbol.iterator](): Iterator<T> {
    for (const chunk of this.#chunks) yield* chunk;
  }

  #removeAt(at: number, place: number): void {
    this.#size--;
    const chunk = this.#chunks[at];
    chunk?.splice(place, 1);
    if (chunk?.length === 0) this.#chunks.splice(at, 1);
  }

  /** The first chunk whose last item is not before this one; the number of chunks when there is none. */
  #findChunk(item: T): number {
    let low = 0;
    let high = this.#chunks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const chunk = this.#chunks[middle];
      const last = chunk?.[chunk.length - 1];
      if (last !== undefined && this.#compare(last, item) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The place of the first item of a chunk that is not before this one. */
  #findPlace(chunk: readonly T[], item: T): number {
    let low = 0;
    let high = chunk.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const found = chunk[middle];
      if (found !== undefined && this.#compare(found, item) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
