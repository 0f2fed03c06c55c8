import type { Size } from "../live/use-size.ts";
import { nodeSize, type GraphLayout } from "./layout.ts";

/** How flow coordinates map to the screen: `screen = flow × zoom + (x, y)`. */
export type Viewport = { readonly x: number; readonly y: number; readonly zoom: number };

export const zoomRange = { min: 0.01, max: 2 } as const;
const margin = 32;

/** The viewport that shows the whole drawing, never larger than life. */
export function fitViewport(layout: Pick<GraphLayout, "width" | "height">, screen: Size): Viewport {
  const zoom = clamp(
    Math.min((screen.width - 2 * margin) / layout.width, (screen.height - 2 * margin) / layout.height),
  );
  return {
    zoom,
    x: (screen.width - layout.width * zoom) / 2,
    y: (screen.height - layout.height * zoom) / 2,
  };
}

/** The viewport that shows some nodes as large as they fit, never larger than life. */
export function fitNodes(layout: GraphLayout, nodes: readonly number[], screen: Size): Viewport {
  const xs = nodes.map((node) => layout.x[node] ?? 0);
  const ys = nodes.map((node) => layout.y[node] ?? 0);
  const [left, top] = [least(xs), least(ys)];
  const box = {
    width: greatest(xs) - left + nodeSize.width,
    height: greatest(ys) - top + nodeSize.height,
  };
  const { zoom, x, y } = fitViewport(box, screen);
  return { zoom, x: x - left * zoom, y: y - top * zoom };
}

const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b), Infinity);
const greatest = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), -Infinity);

/** The viewport that has a node in its middle, at the present zoom or nearer when that is too far to read. */
export function centreOn(layout: GraphLayout, node: number, screen: Size, zoom: number): Viewport {
  const x = (layout.x[node] ?? 0) + nodeSize.width / 2;
  const y = (layout.y[node] ?? 0) + nodeSize.height / 2;
  return { zoom, x: screen.width / 2 - x * zoom, y: screen.height / 2 - y * zoom };
}

/** The nodes that the screen shows, at most `limit` of them. Cost: one pass over all nodes. */
export function visibleNodes(layout: GraphLayout, viewport: Viewport, screen: Size, limit: number): number[] {
  const left = -viewport.x / viewport.zoom - nodeSize.width;
  const top = -viewport.y / viewport.zoom - nodeSize.height;
  const right = (screen.width - viewport.x) / viewport.zoom;
  const bottom = (screen.height - viewport.y) / viewport.zoom;
  const visible: number[] = [];
  for (let node = 0; node < layout.x.length && visible.length < limit; node++) {
    const x = layout.x[node] ?? 0;
    const y = layout.y[node] ?? 0;
    if (x > left && x < right && y > top && y < bottom) visible.push(node);
  }
  return visible;
}

/** The node under a point of the drawing, or `undefined`. Cost: one pass over all nodes. */
export function nodeAt(
  layout: GraphLayout,
  at: { readonly x: number; readonly y: number },
): number | undefined {
  for (let node = 0; node < layout.x.length; node++) {
    const x = at.x - (layout.x[node] ?? 0);
    const y = at.y - (layout.y[node] ?? 0);
    if (x >= 0 && x <= nodeSize.width && y >= 0 && y <= nodeSize.height) return node;
  }
  return undefined;
}

function clamp(zoom: number): number {
  return Number.isFinite(zoom) ? Math.min(1, Math.max(zoomRange.min, zoom)) : 1;
}
