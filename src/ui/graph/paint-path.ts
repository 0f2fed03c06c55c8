import type { Frame } from "./frame.ts";
import { nodeSize } from "./layout.ts";

/** From this many stops on, a far drawing has no room for their names. */
const namedStops = 40;

/** Draws the steps of the path over all other edges: curves with a head at the stop that they lead to. */
export function paintHops(
  context: CanvasRenderingContext2D,
  { path, palette, scene, viewport }: Frame,
): void {
  context.strokeStyle = palette.accent;
  context.fillStyle = palette.accent;
  context.lineWidth = Math.max(2.5, 2.5 / viewport.zoom);
  for (let at = 1; at < path.length; at++) {
    const curve = curveBetween(scene.layout, path[at - 1] ?? 0, path[at] ?? 0);
    const [toX, toY] = curve.to;
    context.beginPath();
    context.moveTo(...curve.from);
    context.bezierCurveTo(...curve.leaving, ...curve.arriving, toX, toY);
    context.stroke();
    paintHead(context, curve, Math.max(9, 9 / viewport.zoom));
  }
}

type Point = readonly [x: number, y: number];
type Curve = { readonly from: Point; readonly leaving: Point; readonly arriving: Point; readonly to: Point };

/** From the side of a node that looks to the next; within a column both ends are on the right, round the nodes between. */
export function curveBetween(
  { x, y }: { readonly x: Float32Array; readonly y: Float32Array },
  from: number,
  to: number,
): Curve {
  const [fromX, toX] = [x[from] ?? 0, x[to] ?? 0];
  const [fromY, toY] = [(y[from] ?? 0) + nodeSize.height / 2, (y[to] ?? 0) + nodeSize.height / 2];
  const leaves = toX < fromX ? 0 : nodeSize.width;
  const arrives = toX > fromX ? 0 : nodeSize.width;
  const bend = Math.max(40, Math.abs(toX - fromX) / 2);
  const outward = leaves === 0 ? -bend : bend;
  const inward = arrives === 0 ? -bend : bend;
  return {
    from: [fromX + leaves, fromY],
    leaving: [fromX + leaves + outward, fromY],
    arriving: [toX + arrives + inward, toY],
    to: [toX + arrives, toY],
  };
}

/** A curve arrives level, so the head points left or right. */
function paintHead(context: CanvasRenderingContext2D, { arriving, to: [x, y] }: Curve, size: number): void {
  const back = arriving[0] < x ? -size : size;
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x + back, y - size / 2);
  context.lineTo(x + back, y + size / 2);
  context.fill();
}

/** What a drawing that is too far to read shows of the stops: a mark that can be seen, and the name beside it. */
export function paintFarStops(context: CanvasRenderingContext2D, frame: Frame): void {
  const { path, palette, scene, viewport } = frame;
  const pixel = 1 / viewport.zoom;
  context.font = `${12 * pixel}px ${palette.font}`;
  context.textBaseline = "middle";
  context.lineWidth = 4 * pixel;
  context.lineJoin = "round";
  context.strokeStyle = palette.surface;
  path.forEach((node, at) => {
    const x = (scene.layout.x[node] ?? 0) + nodeSize.width / 2;
    const y = (scene.layout.y[node] ?? 0) + nodeSize.height / 2;
    const radius = Math.max(nodeSize.height / 2, 5 * pixel);
    context.fillStyle = palette.accent;
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fill();
    if (path.length > namedStops) return;
    const name = `${at + 1} ${scene.labels[node] ?? ""}`;
    const left = x + radius + 4 * pixel;
    context.strokeText(name, left, y);
    context.fillStyle = palette.ink;
    context.fillText(name, left, y);
  });
}
