import { compareNames } from "../../base/byte-order.ts";
import type { LiveViews } from "../../session/contract.ts";
import type { EdgeRow, NodeRow } from "../../model/view-rows.ts";
import { layoutGraph, type GraphLayout } from "./layout.ts";

/** What the canvas draws: nodes by index, edges as pairs of indexes. Statuses are not here: they change all the time. */
export type Scene = {
  readonly keys: readonly string[];
  readonly indexOf: ReadonlyMap<string, number>;
  readonly labels: readonly string[];
  readonly first: Uint32Array;
  readonly then: Uint32Array;
  readonly layout: GraphLayout;
};

/** What decides the scene's shape. */
export type SceneOptions = {
  /** Also draw plain links, which order nothing. */
  readonly links: boolean;
  /** Draw only what this node waits for, what waits for it, and itself; `null` for everything. */
  readonly focus: string | null;
  /** Nodes to draw in any case. */
  readonly also: readonly string[];
};

/** Makes the scene of the present rows. Cost: that of `layoutGraph`. */
export function buildScene(views: Pick<LiveViews, "node" | "edge">, options: SceneOptions): Scene {
  const { links, focus, also } = options;
  const edges = [...views.edge.rows()].filter((edge) => edge.ordersBuild || links);
  const shown = focus === null ? undefined : new Set([...reachable(edges, focus), ...also]);
  const nodes = [...views.node.rows()]
    .filter(({ key }) => shown === undefined || shown.has(key))
    .sort((a, b) => compareNames(a.label, b.label) || compareNames(a.key, b.key));
  const keys = nodes.map(({ key }) => key);
  const indexOf = new Map(keys.map((key, index) => [key, index]));
  const pairs = edges.flatMap((edge) => pairOf(edge, indexOf));
  const first = Uint32Array.from(pairs, ([from]) => from);
  const then = Uint32Array.from(pairs, ([, to]) => to);
  const layout = layoutGraph({ generationOf: Uint32Array.from(nodes, generation), first, then });
  return { keys, indexOf, labels: nodes.map(({ label }) => label), first, then, layout };
}

const generation = (row: NodeRow): number => row.generation;

function pairOf(edge: EdgeRow, indexOf: ReadonlyMap<string, number>): readonly (readonly [number, number])[] {
  const first = indexOf.get(edge.first);
  const then = indexOf.get(edge.then);
  return first === undefined || then === undefined || first === then ? [] : [[first, then]];
}

/** A node with all it waits for and all that waits for it. */
function reachable(edges: readonly EdgeRow[], start: string): ReadonlySet<string> {
  const after = new Map<string, string[]>();
  const before = new Map<string, string[]>();
  for (const { first, then } of edges) {
    append(after, first, then);
    append(before, then, first);
  }
  const found = new Set([start]);
  for (const next of [after, before]) walk(next, start, found);
  return found;
}

function walk(next: ReadonlyMap<string, readonly string[]>, start: string, found: Set<string>): void {
  const seen = new Set([start]);
  const waiting = [start];
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    found.add(key);
    for (const other of next.get(key) ?? []) {
      if (seen.has(other)) continue;
      seen.add(other);
      waiting.push(other);
    }
  }
}

function append(map: Map<string, string[]>, key: string, value: string): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}

/** The nodes at the other ends of a node's edges: those it waits for, and those that wait for it. */
export function neighboursOf(
  scene: Scene,
  node: number,
): { readonly before: number[]; readonly after: number[] } {
  const before: number[] = [];
  const after: number[] = [];
  for (let edge = 0; edge < scene.first.length; edge++) {
    if (scene.then[edge] === node) before.push(scene.first[edge] ?? node);
    if (scene.first[edge] === node) after.push(scene.then[edge] ?? node);
  }
  return { before, after };
}
