/** How many of the latest durations the median is taken of. */
const remembered = 64;

/** The latest durations of something that is done again and again, in milliseconds. */
export class Durations {
  readonly #latest: number[] = [];
  #count = 0;
  #last: number | null = null;

  add(duration: number): void {
    this.#latest[this.#count % remembered] = duration;
    this.#count++;
    this.#last = duration;
  }

  /** `null` before the first. */
  get last(): number | null {
    return this.#last;
  }

  /** Of the latest 64, the lower of two in the middle; `null` before the first. Cost: sorting them. */
  median(): number | null {
    const sorted = this.#latest.toSorted((a, b) => a - b);
    return sorted[(sorted.length - 1) >> 1] ?? null;
  }
}
