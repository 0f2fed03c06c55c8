/** How many texts of a column are looked at before it is decided whether to look for repeats in the rest. */
const sample = 64;

/**
 * Texts by code. Within a column repeats are found, unless among the first texts most are different: looking for
 * repeats costs several times as much as sending a short text.
 */
export class StringList {
  readonly #all: string[] = [];
  #codes: Map<string, number> | undefined;
  #seen = 0;

  get all(): readonly string[] {
    return this.#all;
  }

  beginColumn(): void {
    this.#codes = new Map();
    this.#seen = 0;
  }

  code(text: string): number {
    if (this.#codes === undefined) return this.#all.push(text) - 1;
    const known = this.#codes.get(text);
    this.#seen++;
    if (known !== undefined) return known;
    const code = this.#all.push(text) - 1;
    this.#codes.set(text, code);
    if (this.#seen === sample && this.#codes.size > sample / 2) this.#codes = undefined;
    return code;
  }
}
