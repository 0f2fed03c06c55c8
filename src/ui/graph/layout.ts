/** A graph as the layout sees it: nodes are 0-based integers in a stable order. */
export type LayoutInput = {
  /** Column of each node, 0-based. */
  readonly generationOf: Uint32Array;
  /** Edge i leads from node `first[i]` to node `then[i]`, left to right. */
  readonly first: Uint32Array;
  readonly then: Uint32Array;
};

/** Pixels at zoom 1. */
export const nodeSize = { width: 200, height: 34 } as const;
const pitch = { x: 224, y: 46 } as const;
const gapBetweenGenerations = 96;
/** Width of the drawing over its height that wrapped columns aim at. */
const aspect = 1.7;
/** A generation of at most this many nodes stays one column. */
const shortColumn = 24;

/** The band of one generation. */
export type Band = {
  readonly generation: number;
  readonly x: number;
  readonly width: number;
  readonly count: number;
};

export type GraphLayout = {
  /** Left and top edge of each node. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly bands: readonly Band[];
  readonly width: number;
  readonly height: number;
};

/**
 * Places nodes one band a generation, left to right. Within a band, nodes are ordered by the mean place of their
 * neighbours (barycenter sweeps after Sugiyama, Tagawa and Toda 1981), which keeps most edges from crossing. A long
 * generation is wrapped into several columns, so that the drawing keeps the shape of a screen.
 * Cost: O(sweeps × (edges + nodes log nodes)); 10,000 nodes take tens of milliseconds.
 */
export function layoutGraph(input: LayoutInput): GraphLayout {
  const columns = orderColumns(input);
  const rows = chooseRows(columns.map(({ length }) => length));
  const tallest = Math.min(rows, Math.max(0, ...columns.map(({ length }) => length)));
  const x = new Float32Array(input.generationOf.length);
  const y = new Float32Array(input.generationOf.length);
  const bands: Band[] = [];
  let left = 0;
  columns.forEach((column, generation) => {
    if (column.length === 0) return;
    const filled = Math.min(rows, column.length);
    const top = ((tallest - filled) * pitch.y) / 2;
    column.forEach((node, at) => {
      x[node] = left + Math.floor(at / rows) * pitch.x;
      y[node] = top + (at % rows) * pitch.y;
    });
    const width = Math.ceil(column.length / rows) * pitch.x - (pitch.x - nodeSize.width);
    bands.push({ generation, x: left, width, count: column.length });
    left += width + gapBetweenGenerations;
  });
  const height = Math.max(0, tallest * pitch.y - (pitch.y - nodeSize.height));
  return { x, y, bands, width: Math.max(0, left - gapBetweenGenerations), height };
}

/** The nodes of each generation in drawing order. */
function orderColumns({ generationOf, first, then }: LayoutInput): number[][] {
  const columns: number[][] = [];
  generationOf.forEach((generation, node) => {
    while (columns.length <= generation) columns.push([]);
    columns[generation]?.push(node);
  });
  const place = new Float64Array(generationOf.length);
  for (const column of columns) notePlaces(column, place);
  for (let sweep = 0; sweep < 4; sweep++) {
    const [from, to] = sweep % 2 === 0 ? [first, then] : [then, first];
    const mean = meanPlaces(from, to, place);
    for (const column of sweep % 2 === 0 ? columns : columns.toReversed()) {
      column.sort((a, b) => (mean[a] ?? 0) - (mean[b] ?? 0) || a - b);
      notePlaces(column, place);
    }
  }
  return columns;
}

/** Places run from 0 to 1 in each column, so that columns of different lengths compare. */
function notePlaces(column: readonly number[], place: Float64Array): void {
  column.forEach((node, at) => {
    place[node] = column.length === 1 ? 0.5 : at / (column.length - 1);
  });
}

/** The mean place of the neighbours on one side; nodes without any keep their own. */
function meanPlaces(from: Uint32Array, to: Uint32Array, place: Float64Array): Float64Array {
  const sum = new Float64Array(place.length);
  const count = new Uint32Array(place.length);
  for (let edge = 0; edge < from.length; edge++) {
    const node = to[edge] ?? 0;
    sum[node] = (sum[node] ?? 0) + (place[from[edge] ?? 0] ?? 0);
    count[node] = (count[node] ?? 0) + 1;
  }
  return sum.map((total, node) => {
    const neighbours = count[node] ?? 0;
    return neighbours === 0 ? (place[node] ?? 0) : total / neighbours;
  });
}

/** How many nodes one column holds so that the whole comes near the wanted shape. */
function chooseRows(lengths: readonly number[]): number {
  let best = shortColumn;
  let bestError = Number.POSITIVE_INFINITY;
  const longest = Math.max(shortColumn, ...lengths);
  for (let rows = shortColumn; ; rows = Math.min(longest, Math.ceil(rows * 1.15))) {
    const columns = lengths.reduce((sum, length) => sum + Math.ceil(length / rows), 0);
    const error = Math.abs(Math.log((columns * pitch.x) / (rows * pitch.y) / aspect));
    if (error < bestError) [best, bestError] = [rows, error];
    if (rows >= longest) return best;
  }
}
