import { neighboursOf, type Scene } from "./scene.ts";

/**
 * Where an arrow key leads: left to what the node waits for, right to what waits for it, up and down within its
 * generation. `undefined` for other keys and at an end. Without a node, the first of the drawing.
 */
export function stepFrom(scene: Scene, node: number | undefined, key: string): number | undefined {
  if (!key.startsWith("Arrow")) return undefined;
  if (node === undefined) return scene.keys.length > 0 ? 0 : undefined;
  const { before, after } = neighboursOf(scene, node);
  switch (key) {
    case "ArrowLeft":
      return nearest(scene, node, before);
    case "ArrowRight":
      return nearest(scene, node, after);
    case "ArrowUp":
      return beside(scene, node, -1);
    case "ArrowDown":
      return beside(scene, node, 1);
    default:
      return undefined;
  }
}

/** Of some nodes the one at the most similar height. */
function nearest(scene: Scene, node: number, among: readonly number[]): number | undefined {
  const { y } = scene.layout;
  const distance = (other: number) => Math.abs((y[other] ?? 0) - (y[node] ?? 0));
  return among.toSorted((a, b) => distance(a) - distance(b) || a - b)[0];
}

/** The next node above or below in the same column of the drawing. */
function beside(scene: Scene, node: number, direction: 1 | -1): number | undefined {
  const { x, y } = scene.layout;
  let best: number | undefined;
  for (let other = 0; other < x.length; other++) {
    const step = ((y[other] ?? 0) - (y[node] ?? 0)) * direction;
    if (x[other] !== x[node] || step <= 0) continue;
    if (best === undefined || step < ((y[best] ?? 0) - (y[node] ?? 0)) * direction) best = other;
  }
  return best;
}
