import { buildDigraph } from "../graph/digraph.ts";
import { findCriticalPath } from "../graph/critical-path.ts";
import type { ResourceId } from "../model/ids.ts";
import type { TaskEvent } from "../model/output.ts";
import type { SnapshotEdge, SnapshotNode } from "../rules/snapshot.ts";

/** What a run reached its tasks along: the part of a kept graph that tells who waits for whom. */
export type KeptEdges = {
  readonly nodes: readonly Pick<SnapshotNode, "id" | "kind" | "name">[];
  readonly edges: readonly Pick<SnapshotEdge, "source" | "target">[];
};

/**
 * The critical path of a run: of the chains of tasks in which each waited for the one before it, the one that kept
 * workers busy for longest, from its first task to its last. The run could not have been quicker with any number of
 * workers. A task that the run left alone held up nothing, so no chain leads through it; one that was settled without
 * a worker took no time and is not named. Cost: O(nodes + edges).
 */
export function criticalTasks(events: readonly TaskEvent[], graph: KeptEdges): readonly ResourceId[] {
  const byName = new Map<string, TaskEvent>(events.map((event) => [event.resourceId, event]));
  const tookPart = (node: KeptEdges["nodes"][number] | undefined) =>
    node !== undefined && (node.kind === "evidence" || byName.has(node.name));
  const edges = graph.edges.filter(
    ({ source, target }) => tookPart(graph.nodes[source]) && tookPart(graph.nodes[target]),
  );
  const digraph = buildDigraph(
    graph.nodes.length,
    edges.map(({ source }) => source),
    edges.map(({ target }) => target),
  );
  const weights = graph.nodes.map(({ kind, name }) => (kind === "rule" ? workOf(byName.get(name)) : 0));
  return findCriticalPath(digraph, weights).path.flatMap((node) => {
    const named = graph.nodes[node];
    const event = named?.kind === "rule" ? byName.get(named.name) : undefined;
    return event === undefined || event.worker === null ? [] : [event.resourceId];
  });
}

function workOf(event: TaskEvent | undefined): number {
  return event === undefined || event.worker === null ? 0 : Math.max(0, event.durationMs);
}
