import { compareNames } from "../base/byte-order.ts";
import type { ResourceId } from "../model/ids.ts";
import type { OutputRecord } from "../model/output.ts";

/**
 * The outputs of a project by id in byte order, a page at a time. The order is that of the first page: outputs that
 * go meanwhile are left out, and those that come are those of the next listing. Cost: sorting all ids at the first
 * page, else that of the page.
 */
export class OutputPages {
  readonly #outputs: ReadonlyMap<ResourceId, OutputRecord>;
  readonly #size: number;
  #ids: readonly ResourceId[] | null = null;

  constructor(outputs: ReadonlyMap<ResourceId, OutputRecord>, size: number) {
    this.#outputs = outputs;
    this.#size = size;
  }

  /** The page behind the output `after`, which need not exist; "" for the first. Empty behind the last. */
  page(after: string): readonly OutputRecord[] {
    if (after === "" || this.#ids === null) this.#ids = [...this.#outputs.keys()].sort(compareNames);
    const ids = this.#ids;
    const page: OutputRecord[] = [];
    let at = firstAfter(ids, after);
    for (let id = ids[at]; id !== undefined && page.length < this.#size; id = ids[++at]) {
      const output = this.#outputs.get(id);
      if (output !== undefined) page.push(output);
    }
    return page;
  }
}

/** The place of the first id behind `after`, by halving. */
function firstAfter(ids: readonly string[], after: string): number {
  let [low, high] = [0, ids.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareNames(ids[middle] ?? "", after) > 0) high = middle;
    else low = middle + 1;
  }
  return low;
}
