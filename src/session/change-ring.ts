/** The keys that each of the latest versions changed, up to a number of keys. */
export class ChangeRing {
  readonly #limit: number;
  #entries: { readonly version: number; readonly keys: readonly string[] }[] = [];
  #count = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  push(version: number, keys: readonly string[]): void {
    this.#entries.push({ version, keys });
    this.#count += keys.length;
    let dropped = 0;
    while (this.#count > this.#limit && dropped < this.#entries.length) {
      this.#count -= this.#entries[dropped]?.keys.length ?? 0;
      dropped++;
    }
    if (dropped > 0) this.#entries = this.#entries.slice(dropped);
  }

  /** Each key once, or `undefined` when a version after `version` is forgotten. */
  since(version: number): readonly string[] | undefined {
    const first = this.#entries[0];
    if (first === undefined || version < first.version - 1) return undefined;
    const keys = new Set<string>();
    for (const entry of this.#entries) {
      if (entry.version > version) for (const key of entry.keys) keys.add(key);
    }
    return [...keys];
  }
}
