import { useMemo } from "react";
import type { PathFinding } from "../path/use-path.ts";
import type { Scene } from "./scene.ts";

const nothing: readonly never[] = [];

/** The nodes of a path that was found, in its order; the same list while it is the same path. */
export function usePathKeys(finding: PathFinding | null): readonly string[] {
  return useMemo(() => {
    if (finding === null || !("steps" in finding)) return nothing;
    const [first] = finding.steps;
    return first === undefined ? nothing : [first.from, ...finding.steps.map(({ to }) => to)];
  }, [finding]);
}

/** The same as nodes of the drawing, those that it has. */
export function usePathNodes(scene: Scene, keys: readonly string[]): readonly number[] {
  return useMemo(
    () => (keys.length === 0 ? nothing : keys.flatMap((key) => scene.indexOf.get(key) ?? [])),
    [scene, keys],
  );
}
