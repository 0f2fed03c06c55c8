import { useEffect, useMemo, useRef, type ReactNode } from "react";
import type { LiveViews } from "../../session/contract.ts";
import { paintGraph } from "./paint.ts";
import type { Scene } from "./scene.ts";
import { usePalette } from "./use-palette.ts";
import type { Size, Viewport } from "./viewport.ts";

type GraphPaintProps = {
  readonly scene: Scene;
  readonly viewport: Viewport;
  readonly screen: Size;
  readonly views: LiveViews;
  readonly near: readonly number[];
  readonly selected: string | null;
  readonly path: readonly number[];
};

/** The canvas beneath the nodes; drawn again at most once a frame, when something that it shows has changed. */
export function GraphPaint(props: GraphPaintProps): ReactNode {
  const { scene, viewport, screen, views, near, selected, path } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const palette = usePalette();
  const mounted = useMemo(() => new Set(near), [near]);
  useEffect(() => {
    let frame = 0;
    const paint = () => {
      frame = 0;
      const context = canvas.current?.getContext("2d");
      if (context === null || context === undefined) return;
      const statusOf = (node: number) => views.node.get(scene.keys[node] ?? "")?.status ?? "PENDING";
      const chosen = selected === null ? undefined : scene.indexOf.get(selected);
      paintGraph(context, { scene, viewport, screen, palette, mounted, selected: chosen, path, statusOf });
    };
    const soon = () => void (frame ||= requestAnimationFrame(paint));
    soon();
    const stop = views.node.subscribe(soon);
    return () => {
      stop();
      cancelAnimationFrame(frame);
    };
  }, [scene, viewport, screen, views, palette, mounted, selected, path]);
  const ratio = Math.min(2, devicePixelRatio);
  return (
    <canvas
      ref={canvas}
      className="graph-paint"
      width={Math.max(1, Math.round(screen.width * ratio))}
      height={Math.max(1, Math.round(screen.height * ratio))}
      aria-hidden="true"
    />
  );
}
