import type { Status } from "../../model/resource.ts";
import type { Scene } from "./scene.ts";
import type { Size, Viewport } from "./viewport.ts";

/** Colours of the present theme. */
export type Palette = {
  readonly status: Readonly<Record<Status, string>>;
  readonly ink: string;
  readonly faint: string;
  readonly surface: string;
  readonly accent: string;
  readonly font: string;
};

/** What one frame shows. */
export type Frame = {
  readonly scene: Scene;
  readonly viewport: Viewport;
  readonly screen: Size;
  readonly palette: Palette;
  readonly selected: number | undefined;
  /** The nodes of the path that is shown, in its order; none while none is. Everything else steps back. */
  readonly path: readonly number[];
  /** Nodes that React Flow has mounted, which the canvas leaves to it. */
  readonly mounted: ReadonlySet<number>;
  statusOf(node: number): Status;
};
