import type { RowBlock } from "../circuit/crossing/row-block.ts";

export type Keyed = { readonly key: string };

/** Of so few rows the block costs more memory than the rows, so they are read at once. */
const smallBlock = 16;
/** A block of which no more than this share is unread is read to its end, so that it can be freed. */
const unreadShare = 1 / 4;

/** A row that nobody has asked for yet. */
class Unread {
  readonly block: Block;
  readonly place: number;

  constructor(block: Block, place: number) {
    this.block = block;
    this.place = place;
  }
}

type Block = { readonly rows: RowBlock; unread: number };

/**
 * Rows by key in the order of first arrival, made of columns when they are first asked for: most rows of a long list
 * are never shown. A row that was given once stays the same object until another takes its place.
 */
export class RowMap<Row extends Keyed> {
  readonly #entries = new Map<string, Row | Unread>();
  /** Blocks of which few rows are unread, to be read to their end with the next change. */
  #sparse: Block[] = [];

  get size(): number {
    return this.#entries.size;
  }

  keys(): Iterable<string> {
    return this.#entries.keys();
  }

  get(key: string): Row | undefined {
    const entry = this.#entries.get(key);
    return entry instanceof Unread ? this.#read(key, entry) : entry;
  }

  *values(): Iterable<Row> {
    for (const [key, entry] of this.#entries) yield entry instanceof Unread ? this.#read(key, entry) : entry;
  }

  /** Puts in all rows of a block and gives their keys. */
  put(rows: RowBlock): readonly string[] {
    const block = { rows, unread: rows.count };
    const isSmall = rows.count < smallBlock;
    const keys: string[] = [];
    for (let place = 0; place < rows.count; place++) {
      const key = rows.keyAt(place);
      this.#leave(this.#entries.get(key));
      this.#entries.set(key, isSmall ? this.#rowOf(rows, place) : new Unread(block, place));
      keys.push(key);
    }
    this.#readSparse();
    return keys;
  }

  /** Whether it was there. */
  delete(key: string): boolean {
    this.#leave(this.#entries.get(key));
    return this.#entries.delete(key);
  }

  #read(key: string, { block, place }: Unread): Row {
    const row = this.#rowOf(block.rows, place);
    this.#entries.set(key, row);
    this.#discount(block);
    return row;
  }

  /** The engine put rows of this view into the block: the one place where they get their type back. */
  #rowOf(rows: RowBlock, place: number): Row {
    return rows.rowAt(place) as Row;
  }

  #leave(entry: Row | Unread | undefined): void {
    if (entry instanceof Unread) this.#discount(entry.block);
  }

  #discount(block: Block): void {
    block.unread--;
    if (block.unread === Math.floor(block.rows.count * unreadShare)) this.#sparse.push(block);
  }

  #readSparse(): void {
    const blocks = this.#sparse;
    this.#sparse = [];
    for (const { rows } of blocks) {
      for (let place = 0; place < rows.count; place++) {
        const key = rows.keyAt(place);
        const entry = this.#entries.get(key);
        if (entry instanceof Unread && entry.block.rows === rows) this.#read(key, entry);
      }
    }
  }
}
