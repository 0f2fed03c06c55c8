/**
 * Rows as columns, to cross a thread: numbers in typed arrays that lie on one buffer, which is transferred and not
 * copied, and texts in one list. The rows of one pack may differ in their columns.
 */
export type PackedRows = {
  readonly count: number;
  /** What the codes of text and JSON columns stand for, as places in this list. */
  readonly strings: readonly string[];
  /** Unless there are no rows, one is the text column `key`, which has no gaps. */
  readonly columns: readonly PackedColumn[];
};

/** One column: `values` has an element for each row, which means nothing where the row has null or no such column. */
export type PackedColumn = {
  readonly name: string;
  /** Which rows have null, the first in the lowest bit of the first byte; `null` for none. */
  readonly nulls: Uint8Array<ArrayBuffer> | null;
  /** Which rows do not have the column at all; `null` for none. */
  readonly absent: Uint8Array<ArrayBuffer> | null;
} & PackedValues;

export type PackedValues =
  /** Texts by code, or any data as JSON text by code. */
  | { readonly type: "text" | "json"; readonly values: Uint32Array<ArrayBuffer> }
  | { readonly type: "number"; readonly values: Float64Array<ArrayBuffer> }
  /** Whole numbers from 0 to 255, or 0 for false and 1 for true. */
  | { readonly type: "byte" | "boolean"; readonly values: Uint8Array<ArrayBuffer> };
