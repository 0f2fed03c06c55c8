/** What is left of a picture, in order, or `undefined` when the file is not built as its format asks. */
export type Pieces = readonly Uint8Array[] | undefined;
