import { useCallback, useEffect, useRef, useState } from "react";
import type { EdgeRow, NodeRow } from "../../model/view-rows.ts";
import type { LiveView, LiveViews } from "../../session/contract.ts";
import { buildScene, type Scene, type SceneOptions } from "./scene.ts";

/** Milliseconds to wait before the shape is drawn anew while a build adds to it. */
const settle = 120;

/**
 * The scene of the present rows, made again when the graph's shape changed. A change of status alone, which happens
 * hundreds of times in a build, makes no new scene.
 */
export function useScene(views: LiveViews, { links, focus, also }: SceneOptions): Scene {
  const [scene, setScene] = useState(() => buildScene(views, { links, focus, also }));
  const shape = useRef("");
  const refresh = useCallback(() => {
    const next = `${shapeOf(views.node, nodeShape)} ${shapeOf(views.edge, edgeShape)} ${links} ${focus} ${also.join("\n")}`;
    if (next === shape.current) return;
    shape.current = next;
    setScene(buildScene(views, { links, focus, also }));
  }, [views, links, focus, also]);
  useEffect(() => {
    refresh();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = () => (timer ??= setTimeout(() => ((timer = undefined), refresh()), settle));
    const stops = [views.node.subscribe(soon), views.edge.subscribe(soon)];
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [views, refresh]);
  return scene;
}

/** A number that changes with the set of rows and what of each matters to the drawing: a sum of hashes (FNV-1a). */
function shapeOf<Row>(view: LiveView<Row>, textOf: (row: Row) => string): string {
  let sum = 0;
  for (const row of view.rows()) sum = (sum + hash(textOf(row))) >>> 0;
  return `${view.size()}:${sum}`;
}

const nodeShape = (row: NodeRow) => `${row.key} ${row.generation} ${row.label}`;
const edgeShape = (row: EdgeRow) => row.key;

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}
