import { orderByName } from "../graph/name-order.ts";

/** Names in the order of their bytes, each with its place in that order, its rank. */
export class NameIndex {
  /** Ascending, each once: `names[rank]`. */
  readonly names: readonly string[];
  /** The number under which the name of each rank arrived. */
  readonly arrivalOfRank: Uint32Array;
  readonly rankOfArrival: Uint32Array;
  readonly #arrival: ReadonlyMap<string, number>;

  /** `arrival` numbers the names from 0 in the order in which it holds them. Cost: that of `orderByName`. */
  constructor(arrival: ReadonlyMap<string, number>) {
    const arrived = [...arrival.keys()];
    const order = orderByName(arrived);
    const names: string[] = [];
    this.rankOfArrival = new Uint32Array(order.length);
    for (let rank = 0; rank < order.length; rank++) {
      names.push(arrived[order[rank]!]!);
      this.rankOfArrival[order[rank]!] = rank;
    }
    this.names = names;
    this.arrivalOfRank = order;
    this.#arrival = arrival;
  }

  /** The rank of a name, or `undefined` when it is not among them. */
  rankOf(name: string): number | undefined {
    const arrived = this.#arrival.get(name);
    return arrived === undefined ? undefined : this.rankOfArrival[arrived];
  }
}
