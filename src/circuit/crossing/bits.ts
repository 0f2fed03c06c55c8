/** Marks a row in a set of rows, the first of which is the lowest bit of the first byte. */
export function setBit(bits: Uint8Array | null, row: number): void {
  if (bits !== null) bits[row >> 3] = (bits[row >> 3] ?? 0) | (1 << (row & 7));
}

/** Whether a row is in the set; `null` is the empty set. */
export function hasBit(bits: Uint8Array | null, row: number): boolean {
  return bits !== null && ((bits[row >> 3] ?? 0) & (1 << (row & 7))) !== 0;
}
