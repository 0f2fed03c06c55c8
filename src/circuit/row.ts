/**
 * What a column may hold: plain data that JSON can hold, so that rows cross threads and can be kept as text. Numbers are
 * finite, and zero is not negative. A column that a row does not have is null.
 */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [name: string]: Value };

/**
 * A row of a table or of any plan over tables. `key` alone says which row it is: two rows with one key are two states
 * of the same row, whatever else they hold. Rows are never changed; a new state is a new object.
 */
export type Row = { readonly key: string; readonly [column: string]: Value };

/**
 * What happened to one row between two moments: it came (`before` is undefined), went (`after` is undefined), or
 * became another. Never both undefined, never two equal rows.
 */
export type Change = {
  readonly key: string;
  readonly before: Row | undefined;
  readonly after: Row | undefined;
};

/** Changes between the same two moments: each key at most once, in no order that means anything. */
export type Changes = readonly Change[];
