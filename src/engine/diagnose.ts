import { asResourceId, type ResourceId } from "../model/ids.ts";
import type { CycleReport, GraphComparison, GraphDiagnostics, KeptGraph } from "../model/diagnostics.ts";
import { fileId } from "../model/resource.ts";
import type { ProjectPath } from "../base/project-path.ts";
import { compareNames } from "../base/byte-order.ts";
import { compareSnapshots, type NamedEdge } from "../rules/compare-snapshots.ts";
import { diagnoseRules } from "../rules/diagnostics.ts";
import type { RuleCycle } from "../rules/rule-cycle.ts";
import { snapshotOf, type RuleGraphSnapshot } from "../rules/snapshot.ts";
import type { KeptGraphSnapshot } from "../store/graph-snapshots.ts";
import type { Derived, ProjectState } from "./project-state.ts";

/** What the rule graph says of itself. Cost: that of `diagnoseRules`. */
export function diagnose(
  { outputs, reads, pipeline }: Pick<ProjectState, "outputs" | "reads" | "pipeline">,
  { schedule }: Derived,
  kept: readonly KeptGraph[],
): GraphDiagnostics {
  const durationOf = (id: string) => outputs.get(asResourceId(id))?.durationMs ?? 0;
  const found = diagnoseRules(schedule.graph, { weightOf: ({ name }) => durationOf(name) });
  const { length, path } = found.criticalPath;
  let generations = 0;
  for (const { generation } of schedule.places.values()) generations = Math.max(generations, generation + 1);
  return {
    signature: schedule.signature,
    counts: { ...found.counts, generations },
    cycles: found.cycles.components.map(reportCycle),
    critical: {
      totalMs: length,
      steps: path.map((name) => ({ id: asResourceId(name), durationMs: durationOf(name) })),
    },
    isolated: found.isolated.evidence.map(asResourceId).filter((id) => !settingsFiles.has(id)),
    redundant: found.reduction && {
      requirements: found.reduction.redundant,
      isComplete: found.reduction.complete,
    },
    pipeline,
    tasksChecked: reads.size,
    reads: [...reads.values()]
      .filter((difference) => difference !== null)
      .sort((a, b) => compareNames(a.rule, b.rule)),
    kept: kept.toReversed(),
  };
}

/** What no rule reads, but the whole build follows. */
const settingsFiles: ReadonlySet<ResourceId> = new Set(
  (["strata.yaml", "strata.yml"] as ProjectPath[]).map(fileId),
);

function reportCycle({ path, cuts, members }: RuleCycle): CycleReport {
  return {
    path: path.map(asResourceId),
    cuts: cuts.map(({ rule, input }) => ({ rule: asResourceId(rule), input: asResourceId(input) })),
    members: members.map(asResourceId),
  };
}

/** How the present graph differs from a kept one. Cost: O(size · log size) of both. */
export function compareWithKept({ schedule }: Derived, kept: KeptGraphSnapshot): GraphComparison {
  const after = snapshotOf(schedule.graph, "now");
  // Nodes and edges were written by `snapshotOf`, and JSON keeps them as they are.
  const { nodes, edges } = kept as unknown as Pick<RuleGraphSnapshot, "nodes" | "edges">;
  const difference = compareSnapshots({ ...after, label: "then", nodes, edges }, after);
  const { rules, evidence } = difference;
  const both = (a: readonly string[], b: readonly string[]) => [...new Set([...a, ...b])].sort(compareNames);
  const requirements = (list: readonly NamedEdge[]) =>
    list
      .filter(({ kind }) => kind === "requires")
      .map(({ rule, evidence: input }) => ({ first: input, then: rule }));
  return {
    added: both(rules.added, evidence.added),
    removed: both(rules.removed, evidence.removed),
    changed: both(rules.changed, evidence.changed),
    addedEdges: requirements(difference.edges.added),
    removedEdges: requirements(difference.edges.removed),
  };
}
