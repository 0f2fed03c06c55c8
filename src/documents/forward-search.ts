/**
 * Searches in one text whose start never goes back. An answer is kept until the start passes it, so any number of
 * searches for one needle cost one pass over the text, also on hostile input.
 */
export class ForwardSearch {
  readonly #text: string;
  readonly #next = new Map<string, { from: number; at: number }>();

  constructor(text: string) {
    this.#text = text;
  }

  /** Where `needle` stands at or behind `from`, or -1. */
  next(needle: string, from: number): number {
    const known = this.#next.get(needle);
    if (known !== undefined && known.from <= from && (known.at < 0 || known.at >= from)) return known.at;
    const at = this.#text.indexOf(needle, from);
    this.#next.set(needle, { from, at });
    return at;
  }

  /** Whether `needle` stands in full between `from` and `end`. */
  within(needle: string, from: number, end: number): boolean {
    const at = this.next(needle, from);
    return at >= 0 && at + needle.length <= end;
  }
}
