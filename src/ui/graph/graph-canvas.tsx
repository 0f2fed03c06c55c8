import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { ReactFlow, ReactFlowProvider, useReactFlow } from "reactflow";
import "reactflow/dist/style.css";
import type { LiveViews } from "../../session/contract.ts";
import { useSize, type Size } from "../live/use-size.ts";
import { PathPanel } from "../path/path-panel.tsx";
import type { Workbench } from "../workbench.ts";
import { nodeSize } from "./layout.ts";
import { GraphPaint } from "./graph-paint.tsx";
import { GraphToolbar } from "./graph-toolbar.tsx";
import { stepFrom } from "./graph-keys.ts";
import { ReachPanel } from "./reach-panel.tsx";
import { ResourceNode, type ResourceFlowNode } from "./resource-node.tsx";
import type { Scene } from "./scene.ts";
import { SelectionNote } from "./selection-note.tsx";
import { useNearNodes } from "./use-near-nodes.ts";
import { useStanding, type Standing } from "./use-standing.ts";
import { centreOn, fitNodes, fitViewport, nodeAt, zoomRange } from "./viewport.ts";
import "./graph.css";

type GraphCanvasProps = {
  readonly views: LiveViews;
  readonly selected: string | null;
  onSelect(key: string | null): void;
  /** The two documents between which the path is shown. */
  readonly path: Workbench["path"];
  onChoosePath(): void;
  onClosePath(): void;
  /** What of a node's reach stands out. */
  readonly reach: Workbench["reach"];
  onCloseReach(): void;
};

const nodeTypes = { resource: ResourceNode };
const noEdges: never[] = [];

/**
 * The dependency graph. React Flow owns the viewport and the nodes that are near enough to read, a few hundred at the
 * most; a canvas beneath draws all edges and the nodes that are far, so that large graphs stay fluid.
 */
export function GraphCanvas(props: GraphCanvasProps): ReactNode {
  return (
    <ReactFlowProvider>
      <Graph {...props} />
    </ReactFlowProvider>
  );
}

function Graph(props: GraphCanvasProps): ReactNode {
  const { views, selected, onSelect, path, reach, onChoosePath } = props;
  const [links, setLinks] = useState(false);
  const [focused, setFocused] = useState(false);
  const standing = useStanding(views, { path, reach, links, focus: focused ? selected : null });
  const { scene, seen, stops, lit } = standing;
  const [screen, ref] = useSize();
  const flow = useReactFlow();
  const { fit, showStop } = useFitting(scene, screen, seen);
  const pathButton = useRef<HTMLButtonElement>(null);
  if (scene.keys.length === 0)
    return <p className="empty">The graph appears once the folder has been read.</p>;
  return (
    <section className="graph" aria-label="Dependency graph">
      <GraphToolbar
        links={links}
        focused={focused}
        canFocus={selected !== null}
        onLinks={setLinks}
        onFocus={setFocused}
        onFit={fit}
        onZoom={(factor) => void flow.zoomTo(flow.getZoom() * factor, { duration: 120 })}
        onPath={onChoosePath}
        pathButton={pathButton}
      />
      <Panels
        {...props}
        standing={standing}
        onStep={(key) => {
          onSelect(key);
          showStop(scene.indexOf.get(key));
        }}
        onFocusLost={() => pathButton.current?.focus()}
      />
      <div ref={ref} className="graph-stage">
        <GraphStage {...{ views, scene, screen, selected, onSelect, stops, lit }} />
      </div>
      <SelectionNote views={views} scene={scene} selected={selected} />
    </section>
  );
}

type PanelsProps = GraphCanvasProps & {
  readonly standing: Standing;
  readonly onStep: (key: string) => void;
  readonly onFocusLost: () => void;
};

/** What stands out, in words. */
function Panels(props: PanelsProps): ReactNode {
  const { standing, path, reach, selected, onClosePath, onCloseReach, onStep, onFocusLost } = props;
  const { finding, found } = standing;
  return (
    <>
      {path !== null && finding !== null && (
        <PathPanel
          key={`${path.from}\n${path.to}`}
          ends={path}
          {...{ finding, selected, onStep, onFocusLost }}
          takesFocus={path.isNew}
          onClose={onClosePath}
        />
      )}
      {reach !== null && found !== null && (
        <ReachPanel
          key={`${reach.of}\n${reach.what}`}
          {...{ found, selected, onStep, onFocusLost }}
          takesFocus={reach.isNew}
          onClose={onCloseReach}
        />
      )}
    </>
  );
}

/**
 * Brings into view what shall be seen: a stop of the path that was asked for, else the whole path, else everything; again
 * when the drawing or the screen changes.
 */
function useFitting(scene: Scene, screen: Size, stops: readonly number[]) {
  const flow = useReactFlow();
  const [shown, setShown] = useState<{ readonly stops: readonly number[]; readonly stop: number }>();
  const fit = useCallback(
    () => void flow.setViewport(fitViewport(scene.layout, screen)),
    [flow, scene, screen],
  );
  // A stop of another path, or of this one in another drawing, is nowhere now.
  const stop = shown?.stops === stops ? shown.stop : undefined;
  useEffect(() => {
    if (stops.length === 0) fit();
    else if (stop === undefined) void flow.setViewport(fitNodes(scene.layout, stops, screen));
    else {
      const zoom = Math.max(0.7, flow.getZoom());
      void flow.setViewport(centreOn(scene.layout, stop, screen, zoom), { duration: 120 });
    }
  }, [fit, flow, scene, screen, stops, stop]);
  const showStop = (node: number | undefined) => {
    if (node !== undefined) setShown({ stops, stop: node });
  };
  return { fit, showStop };
}

type GraphStageProps = Pick<GraphCanvasProps, "views" | "selected" | "onSelect"> & {
  readonly scene: Scene;
  readonly screen: Size;
  /** The nodes of the path that is shown, in its order. */
  readonly stops: readonly number[];
  /** Nodes that stand out in no order. */
  readonly lit: ReadonlySet<number>;
};

/** The drawing. Arrow keys walk it; the table of files has the same nodes for those who read row by row. */
function GraphStage(props: GraphStageProps): ReactNode {
  const { views, scene, screen, selected, onSelect, stops, lit } = props;
  const { near, viewport, onMove } = useNearNodes(scene, screen, stops);
  const nodes = useFlowNodes({ scene, near, views, selected, stops, lit });
  const select = useSelecting({ scene, screen, selected, onSelect });
  return (
    <>
      <GraphPaint {...{ scene, viewport, screen, views, near, selected, path: stops, lit }} />
      <ReactFlow
        nodes={nodes}
        edges={noEdges}
        nodeTypes={nodeTypes}
        onMove={onMove}
        onPaneClick={select.atPoint}
        onNodeClick={(_, node) => onSelect(node.id)}
        onKeyDown={select.byKey}
        tabIndex={0}
        aria-label={graphWords(scene, stops, lit)}
        minZoom={zoomRange.min}
        maxZoom={zoomRange.max}
        {...fixedNodes}
      />
    </>
  );
}

function graphWords({ keys, first }: Scene, stops: readonly number[], lit: ReadonlySet<number>): string {
  const graph = `Graph of ${keys.length} nodes and ${first.length} edges. Arrow keys walk along edges.`;
  if (lit.size > 0) return `${graph} ${lit.size} nodes stand out.`;
  return stops.length === 0 ? graph : `${graph} A path of ${stops.length} nodes stands out.`;
}

/** Nothing is moved or connected by hand, and React Flow's own keys would fight with ours. */
const fixedNodes = {
  nodesDraggable: false,
  nodesConnectable: false,
  nodesFocusable: false,
  edgesFocusable: false,
  elementsSelectable: false,
  disableKeyboardA11y: true,
  deleteKeyCode: null,
} as const;

/** Selecting with the mouse, on the canvas too, and with the arrow keys. */
function useSelecting({
  scene,
  screen,
  selected,
  onSelect,
}: Omit<GraphStageProps, "views" | "stops" | "lit">) {
  const flow = useReactFlow();
  const atPoint = (event: { readonly clientX: number; readonly clientY: number }) => {
    const node = nodeAt(scene.layout, flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }));
    onSelect(node === undefined ? null : (scene.keys[node] ?? null));
  };
  const byKey = (event: KeyboardEvent) => {
    const current = selected === null ? undefined : scene.indexOf.get(selected);
    const next = stepFrom(scene, current, event.key);
    const key = next === undefined ? undefined : scene.keys[next];
    if (next === undefined || key === undefined) return;
    event.preventDefault();
    onSelect(key);
    void flow.setViewport(centreOn(scene.layout, next, screen, Math.max(0.7, flow.getZoom())), {
      duration: 120,
    });
  };
  return { atPoint, byKey };
}

/** Near nodes as React Flow wants them: with their size, so that it measures none. */
function useFlowNodes(from: {
  readonly scene: Scene;
  readonly near: readonly number[];
  readonly views: LiveViews;
  readonly selected: string | null;
  readonly stops: readonly number[];
  readonly lit: ReadonlySet<number>;
}): ResourceFlowNode[] {
  const { scene, near, views, selected, stops, lit } = from;
  const stopOf = useMemo(() => new Map(stops.map((node, at) => [node, at + 1])), [stops]);
  return useMemo(
    () =>
      near.flatMap((node): ResourceFlowNode[] => {
        const id = scene.keys[node];
        if (id === undefined) return [];
        const stop = stopOf.get(node) ?? null;
        const isRest = stops.length === 0 && lit.size === 0;
        const standing = isRest ? null : stop !== null || lit.has(node) ? "on" : "off";
        return [
          {
            id,
            type: "resource",
            position: { x: scene.layout.x[node] ?? 0, y: scene.layout.y[node] ?? 0 },
            ...nodeSize,
            data: { view: views.node, stop, standing },
            selected: id === selected,
          },
        ];
      }),
    [scene, near, views, selected, stops, stopOf, lit],
  );
}
