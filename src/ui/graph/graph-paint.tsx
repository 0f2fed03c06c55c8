import { useCallback, useMemo, type ReactNode } from "react";
import type { LiveViews } from "../../session/contract.ts";
import { PaintedCanvas } from "../live/painted-canvas.tsx";
import type { Size } from "../live/use-size.ts";
import { usePalette } from "../theme/use-palette.ts";
import { paintGraph } from "./paint.ts";
import type { Scene } from "./scene.ts";
import type { Viewport } from "./viewport.ts";

type GraphPaintProps = {
  readonly scene: Scene;
  readonly viewport: Viewport;
  readonly screen: Size;
  readonly views: LiveViews;
  readonly near: readonly number[];
  readonly selected: string | null;
  readonly path: readonly number[];
  readonly lit: ReadonlySet<number>;
};

/** The canvas beneath the nodes; drawn again when something that it shows has changed. */
export function GraphPaint(props: GraphPaintProps): ReactNode {
  const { scene, viewport, screen, views, near, selected, path, lit } = props;
  const palette = usePalette();
  const mounted = useMemo(() => new Set(near), [near]);
  const subscribe = useCallback((listener: () => void) => views.node.subscribe(listener), [views]);
  const paint = useCallback(
    (context: CanvasRenderingContext2D) => {
      const statusOf = (node: number) => views.node.get(scene.keys[node] ?? "")?.status ?? "PENDING";
      const chosen = selected === null ? undefined : scene.indexOf.get(selected);
      const shown = { selected: chosen, path, lit };
      paintGraph(context, { scene, viewport, screen, palette, mounted, statusOf, ...shown });
    },
    [scene, viewport, screen, views, palette, mounted, selected, path, lit],
  );
  return <PaintedCanvas screen={screen} className="graph-paint" paint={paint} subscribe={subscribe} />;
}
