import { useCallback, useMemo, useState } from "react";
import type { Size } from "../live/use-size.ts";
import type { Scene } from "./scene.ts";
import { visibleNodes, type Viewport } from "./viewport.ts";

/** From this zoom on, nodes are large enough to be worth mounting. */
const nearZoom = 0.6;

/** React Flow slows down above some hundred mounted nodes; what is more stays on the canvas. */
const mountLimit = 300;

/** Follows the viewport, and gives the nodes that React Flow should mount for it; those of a path before others. */
export function useNearNodes(scene: Scene, screen: Size, path: readonly number[]) {
  const [viewport, setViewport] = useState<Viewport>({ x: 0, y: 0, zoom: 1 });
  const onMove = useCallback((_: unknown, next: Viewport) => setViewport(next), []);
  const near = useMemo(() => {
    if (viewport.zoom < nearZoom) return [];
    const visible = visibleNodes(scene.layout, viewport, screen, mountLimit + 1);
    const mounted = visible.length > mountLimit ? [] : visible;
    return path.length === 0 ? mounted : [...new Set([...path.slice(0, mountLimit), ...mounted])];
  }, [scene, viewport, screen, path]);
  return { near, viewport, onMove };
}
