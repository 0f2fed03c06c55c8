import { orderByName } from "../graph/name-order.ts";

/** Names in the order of their bytes, each with its place in that order. */
export class NameIndex {
  /** Ascending, each once. */
  readonly names: readonly string[];
  /** Place of each name in the order of arrival. */
  readonly #arrival: ReadonlyMap<string, number>;
  readonly #rank: Uint32Array;

  /** `arrival` gives each name the number of names before it. Cost: that of `orderByName`. */
  constructor(arrival: ReadonlyMap<string, number>) {
    const arrived = [...arrival.keys()];
    const order = orderByName(arrived);
    this.names = Array.from(order, (index) => arrived[index]!);
    this.#arrival = arrival;
    this.#rank = new Uint32Array(arrived.length);
    for (let rank = 0; rank < order.length; rank++) this.#rank[order[rank]!] = rank;
  }

  /** The place of a name, or `undefined` when it is not among them. */
  rankOf(name: string): number | undefined {
    const arrived = this.#arrival.get(name);
    return arrived === undefined ? undefined : this.#rank[arrived];
  }

  /** The place of the name that came as number `arrived`. */
  rankOfArrival(arrived: number): number {
    return this.#rank[arrived]!;
  }
}
