import type { Status } from "../../model/resource.ts";
import type { Size } from "../live/use-size.ts";
import type { Palette } from "../theme/use-palette.ts";
import type { Scene } from "./scene.ts";
import type { Viewport } from "./viewport.ts";

/** What one frame shows. */
export type Frame = {
  readonly scene: Scene;
  readonly viewport: Viewport;
  readonly screen: Size;
  readonly palette: Palette;
  readonly selected: number | undefined;
  /** The nodes of the path that is shown, in its order; none while none is. Everything else steps back. */
  readonly path: readonly number[];
  /** Nodes that stand out, with the edges between them, in no order; none while none do. */
  readonly lit: ReadonlySet<number>;
  /** Nodes that React Flow has mounted, which the canvas leaves to it. */
  readonly mounted: ReadonlySet<number>;
  statusOf(node: number): Status;
};
