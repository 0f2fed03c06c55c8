/** A graph as the two ends of each edge. */
export type Ends = { readonly nodes: number; readonly sources: Uint32Array; readonly targets: Uint32Array };

export const shapes = ["layered", "chain", "site"] as const;
export type Shape = (typeof shapes)[number];

/** The same numbers in each run: a linear congruential generator over 32 bits. */
function dice(): (below: number) => number {
  let state = 12345;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

export function makeShape(shape: Shape, nodes: number): Ends {
  const pairs: number[] = [];
  const draw = { layered: drawLayers, chain: drawChain, site: drawSite }[shape];
  draw(nodes, (from, to) => pairs.push(from, to));
  const edges = pairs.length / 2;
  return {
    nodes,
    sources: Uint32Array.from({ length: edges }, (_, i) => pairs[2 * i]!),
    targets: Uint32Array.from({ length: edges }, (_, i) => pairs[2 * i + 1]!),
  };
}

type Edge = (from: number, to: number) => void;

/** 50 layers; each node depends on four of the layer before. */
function drawLayers(nodes: number, edge: Edge): void {
  const roll = dice();
  const width = Math.ceil(nodes / 50);
  for (let node = width; node < nodes; node++) {
    const before = (Math.floor(node / width) - 1) * width;
    for (let i = 0; i < 4; i++) edge(before + roll(width), node);
  }
}

function drawChain(nodes: number, edge: Edge): void {
  for (let node = 1; node < nodes; node++) edge(node - 1, node);
}

/** A third files, a third variants of one picture each, the rest pages: a file, one of five layouts, variants, embeds. */
function drawSite(nodes: number, edge: Edge): void {
  const roll = dice();
  const files = Math.floor(nodes / 3);
  const pages = 2 * files;
  for (let variant = files; variant < pages; variant++) edge(roll(files), variant);
  for (let page = pages; page < nodes; page++) {
    edge(page - pages, page);
    edge(roll(Math.min(5, files)), page);
    for (let i = 0; i < 5; i++) edge(files + roll(files), page);
    if (page > pages && roll(3) === 0) edge(pages + roll(page - pages), page);
  }
}
