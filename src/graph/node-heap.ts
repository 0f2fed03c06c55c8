/** A binary heap of nodes by rank, the least on top; equal ranks go by node. */
export class NodeHeap {
  size = 0;
  readonly #nodes: Uint32Array;
  readonly #ranks: ArrayLike<number>;

  constructor(capacity: number, ranks: ArrayLike<number>) {
    this.#nodes = new Uint32Array(capacity);
    this.#ranks = ranks;
  }

  push(node: number): void {
    const nodes = this.#nodes;
    let hole = this.size++;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (!this.#isLess(node, nodes[parent]!)) break;
      nodes[hole] = nodes[parent]!;
      hole = parent;
    }
    nodes[hole] = node;
  }

  /** Call only while `size` is above 0. */
  pop(): number {
    const nodes = this.#nodes;
    const least = nodes[0]!;
    const last = nodes[--this.size]!;
    let hole = 0;
    for (let child = 1; child < this.size; child = 2 * hole + 1) {
      if (child + 1 < this.size && this.#isLess(nodes[child + 1]!, nodes[child]!)) child++;
      if (!this.#isLess(nodes[child]!, last)) break;
      nodes[hole] = nodes[child]!;
      hole = child;
    }
    nodes[hole] = last;
    return least;
  }

  #isLess(a: number, b: number): boolean {
    const left = this.#ranks[a]!;
    const right = this.#ranks[b]!;
    return left < right || (left === right && a < b);
  }
}
