import { useMemo } from "react";
import type { LiveViews } from "../../session/contract.ts";
import { usePath, type PathFinding } from "../path/use-path.ts";
import type { Workbench } from "../workbench.ts";
import type { Scene } from "./scene.ts";
import { useReach, type FoundReach } from "./use-reach.ts";
import { useScene } from "./use-scene.ts";
import { usePathKeys, usePathNodes } from "./use-shown-path.ts";

type Wanted = Pick<Workbench, "path" | "reach"> & {
  readonly links: boolean;
  /** Draw only what this node waits for, what waits for it, and itself; `null` for everything. */
  readonly focus: string | null;
};

/** What is drawn, and what of it stands out: a path, or a node's reach. */
export type Standing = {
  readonly finding: PathFinding | null;
  readonly found: FoundReach | null;
  readonly scene: Scene;
  /** All nodes that stand out. */
  readonly seen: readonly number[];
  /** Those that do so as the stops of a way, in its order. */
  readonly stops: readonly number[];
  /** Those that do so in no order. */
  readonly lit: ReadonlySet<number>;
};

const nothing: readonly never[] = [];

/** The drawing with the path or reach that was asked for. */
export function useStanding(views: LiveViews, { path, reach, links, focus }: Wanted): Standing {
  const finding = usePath(path);
  const found = useReach(reach);
  const pathKeys = usePathKeys(finding);
  const also = path === null ? (found?.keys ?? nothing) : pathKeys;
  const scene = useScene(views, { links, focus, also });
  const seen = usePathNodes(scene, also);
  const isOrdered = path !== null || reach?.what === "why";
  const lit = useMemo(() => new Set(isOrdered ? nothing : seen), [isOrdered, seen]);
  return { finding, found, scene, seen, stops: isOrdered ? seen : nothing, lit };
}
