import type { Frame } from "./frame.ts";
import { nodeSize } from "./layout.ts";
import { paintFarStops, paintHops } from "./paint-path.ts";
import type { Scene } from "./scene.ts";

/** Above this zoom an edge is a curve, and a node has its name. */
const readable = 0.45;

/** Edges that are drawn in one frame at the most; beyond, one in so many stands for the others. */
const edgeBudget = 40_000;

/** Draws a frame: edges first, those of the selected node on top, then the nodes that are not mounted. */
export function paintGraph(context: CanvasRenderingContext2D, frame: Frame): void {
  const { screen, viewport } = frame;
  const ratio = context.canvas.width / Math.max(1, screen.width);
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  context.setTransform(
    ratio * viewport.zoom,
    0,
    0,
    ratio * viewport.zoom,
    ratio * viewport.x,
    ratio * viewport.y,
  );
  paintBands(context, frame);
  paintEdges(context, frame);
  if (stepsBack(frame)) context.globalAlpha = beside;
  paintNodes(context, frame);
  context.globalAlpha = 1;
  if (frame.lit.size > 0) paintLit(context, frame);
  if (frame.path.length > 0) paintPath(context, frame);
}

/** How much is left to see of what does not stand out. */
const beside = 0.3;

/** Whether something stands out, so that the rest steps back. */
function stepsBack({ path, lit }: Frame): boolean {
  return path.length > 0 || lit.size > 0;
}

/** What stands out in no order: its nodes once more, whole and outlined. The edges between them are drawn before. */
function paintLit(context: CanvasRenderingContext2D, frame: Frame): void {
  const { lit, mounted, scene, palette, viewport } = frame;
  context.font = `13px ${palette.font}`;
  context.textBaseline = "middle";
  for (const node of lit) {
    if (mounted.has(node)) continue;
    paintNode(context, frame, node);
    outline(context, scene, node, { colour: palette.accent, width: Math.max(1.5, 2 / viewport.zoom) });
  }
}

function paintPath(context: CanvasRenderingContext2D, frame: Frame): void {
  const { path, mounted, scene, palette, viewport } = frame;
  paintHops(context, frame);
  if (viewport.zoom < readable) return paintFarStops(context, frame);
  context.font = `13px ${palette.font}`;
  context.textBaseline = "middle";
  for (const node of path) {
    if (mounted.has(node)) continue;
    paintNode(context, frame, node);
    outline(context, scene, node, { colour: palette.accent, width: Math.max(1.5, 2 / viewport.zoom) });
  }
}

function paintBands(context: CanvasRenderingContext2D, { scene, palette, viewport }: Frame): void {
  const size = Math.min(40, Math.max(12, 12 / viewport.zoom));
  context.fillStyle = palette.faint;
  context.font = `${size}px ${palette.font}`;
  context.textBaseline = "bottom";
  for (const { generation, x, count } of scene.layout.bands) {
    const name = generation === 0 ? "Files" : `Generation ${generation}`;
    context.fillText(`${name} · ${count}`, x, -size * 0.8);
  }
}

function paintEdges(context: CanvasRenderingContext2D, frame: Frame): void {
  const { scene, viewport, palette, selected, path, lit } = frame;
  const step = Math.max(1, Math.ceil(scene.first.length / edgeBudget));
  context.lineWidth = Math.max(1, 0.6 / viewport.zoom);
  context.strokeStyle = palette.faint;
  context.globalAlpha = stepsBack(frame) ? 0.1 : selected === undefined ? 0.45 : 0.2;
  context.beginPath();
  for (let edge = 0; edge < scene.first.length; edge += step) traceEdge(context, frame, edge);
  context.stroke();
  context.globalAlpha = 1;
  if (path.length > 0 || (selected === undefined && lit.size === 0)) return;
  const standsOut = (first: number, then: number) =>
    lit.size > 0 ? lit.has(first) && lit.has(then) : first === selected || then === selected;
  context.lineWidth = Math.max(1.5, 1.5 / viewport.zoom);
  context.strokeStyle = palette.accent;
  context.beginPath();
  for (let edge = 0; edge < scene.first.length; edge++) {
    if (standsOut(scene.first[edge] ?? 0, scene.then[edge] ?? 0)) traceEdge(context, frame, edge);
  }
  context.stroke();
}

function traceEdge(
  context: CanvasRenderingContext2D,
  { scene, viewport, screen }: Frame,
  edge: number,
): void {
  const { x, y } = scene.layout;
  const first = scene.first[edge] ?? 0;
  const then = scene.then[edge] ?? 0;
  const fromX = (x[first] ?? 0) + nodeSize.width;
  const fromY = (y[first] ?? 0) + nodeSize.height / 2;
  const toX = x[then] ?? 0;
  const toY = (y[then] ?? 0) + nodeSize.height / 2;
  const top = -viewport.y / viewport.zoom;
  const left = -viewport.x / viewport.zoom;
  if (Math.max(fromY, toY) < top || Math.min(fromY, toY) > top + screen.height / viewport.zoom) return;
  if (Math.max(fromX, toX) < left || Math.min(fromX, toX) > left + screen.width / viewport.zoom) return;
  context.moveTo(fromX, fromY);
  if (viewport.zoom < readable) {
    context.lineTo(toX, toY);
    return;
  }
  const bend = Math.max(40, Math.abs(toX - fromX) / 2);
  context.bezierCurveTo(fromX + bend, fromY, toX - bend, toY, toX, toY);
}

function paintNodes(context: CanvasRenderingContext2D, frame: Frame): void {
  const { scene, viewport, screen, palette, selected, mounted } = frame;
  const { x, y } = scene.layout;
  const left = -viewport.x / viewport.zoom - nodeSize.width;
  const right = (screen.width - viewport.x) / viewport.zoom;
  const top = -viewport.y / viewport.zoom - nodeSize.height;
  const bottom = (screen.height - viewport.y) / viewport.zoom;
  context.textBaseline = "middle";
  context.font = `13px ${palette.font}`;
  for (let node = 0; node < x.length; node++) {
    const nodeX = x[node] ?? 0;
    const nodeY = y[node] ?? 0;
    if (nodeX < left || nodeX > right || nodeY < top || nodeY > bottom || mounted.has(node)) continue;
    paintNode(context, frame, node);
  }
  if (selected === undefined || mounted.has(selected)) return;
  outline(context, scene, selected, { colour: palette.accent, width: Math.max(2, 3 / viewport.zoom) });
}

function outline(
  context: CanvasRenderingContext2D,
  { layout: { x, y } }: Scene,
  node: number,
  { colour, width }: { readonly colour: string; readonly width: number },
): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.strokeRect((x[node] ?? 0) - 2, (y[node] ?? 0) - 2, nodeSize.width + 4, nodeSize.height + 4);
}

/** Far: a block in the colour of its status. Near: a card with its name, and the status as a bar at its side. */
function paintNode(context: CanvasRenderingContext2D, frame: Frame, node: number): void {
  const { scene, viewport, palette } = frame;
  const x = scene.layout.x[node] ?? 0;
  const y = scene.layout.y[node] ?? 0;
  const status = frame.statusOf(node);
  const colour = palette.status[status];
  if (viewport.zoom < readable) {
    // What is done steps back, so that the few that are not stand out.
    const alpha = context.globalAlpha;
    if (status === "DONE") context.globalAlpha = alpha / 2;
    context.fillStyle = colour;
    context.fillRect(x, y, nodeSize.width, nodeSize.height);
    context.globalAlpha = alpha;
    return;
  }
  context.fillStyle = palette.surface;
  context.fillRect(x, y, nodeSize.width, nodeSize.height);
  context.fillStyle = colour;
  context.fillRect(x, y, 5, nodeSize.height);
  context.fillStyle = palette.ink;
  context.fillText(shorten(scene.labels[node] ?? ""), x + 14, y + nodeSize.height / 2, nodeSize.width - 20);
}

/** The end of a path tells more than its start. */
function shorten(label: string): string {
  return label.length <= 28 ? label : `…${label.slice(-27)}`;
}
