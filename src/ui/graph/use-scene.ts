import { useCallback, useEffect, useRef, useState } from "react";
import type { LiveViews } from "../../session/contract.ts";
import { buildScene, type Scene, type SceneOptions } from "./scene.ts";
import { GraphShape } from "./shape.ts";

/** Milliseconds to wait before the shape is drawn anew while a build adds to it. */
const settle = 120;

/** The scene of the present rows, made again when the graph's shape changed. */
export function useScene(views: LiveViews, { links, focus, also }: SceneOptions): Scene {
  const [shape] = useState(() => new GraphShape());
  const [scene, setScene] = useState(() => {
    shape.update(views);
    return buildScene(views, { links, focus, also });
  });
  const drawn = useRef(wordsOf({ links, focus, also }));
  const refresh = useCallback(() => {
    const wanted = wordsOf({ links, focus, also });
    if (!shape.update(views) && wanted === drawn.current) return;
    drawn.current = wanted;
    setScene(buildScene(views, { links, focus, also }));
  }, [views, shape, links, focus, also]);
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

const wordsOf = ({ links, focus, also }: SceneOptions): string => `${links} ${focus} ${also.join("\n")}`;
