import { inDegrees } from "../graph/digraph.ts";
import { findGenerations } from "../graph/generations.ts";
import { findRuleCycles, noCycles } from "./cycles.ts";
import { cycleFault, unresolvedEvidence } from "./faults.ts";
import { orderByWave } from "./rule-order.ts";
import { evidenceNode } from "./rule-graph.ts";
import type { RuleGraph } from "./rule-graph.ts";
import type { RuleSchedule, ScheduleOptions, UnresolvedRule } from "./rule-schedule.ts";

/**
 * Orders the rules. Everything that can run is in the schedule, whatever the trouble elsewhere.
 * Cost: O(rules + edges), and more for components with cycles: see `findRuleCycles`.
 */
export function scheduleRules(graph: RuleGraph, options: ScheduleOptions = {}): RuleSchedule {
  const seeds = seedNodes(graph, options.seedEvidence);
  const waveOf = findWaves(graph, waitingFor(graph, seeds));
  const order = orderByWave(graph, waveOf);
  const orderedRules: string[] = [];
  for (const rule of order) orderedRules.push(graph.ruleIndex.names[rule]!);
  const whole = order.length === graph.rules.length;
  const unresolved = whole ? [] : findUnresolved(graph, seeds, waveOf);
  const cycles = whole ? noCycles : findRuleCycles(graph, seeds);
  const missing = options.partial === "allow" ? [] : unresolvedEvidence(unresolved);
  return {
    order,
    waveOf,
    orderedRules,
    generations: splitByWave(order, waveOf, orderedRules),
    unresolved,
    cycles,
    blocked: whole ? [] : graph.ruleIndex.names.filter((_, rule) => waveOf[rule] === -1),
    faults: [...missing, ...cycles.components.map(cycleFault)],
  };
}

/** The nodes of the seeds, or `undefined` when all source evidence is given. */
function seedNodes(graph: RuleGraph, names: Iterable<string> | undefined): ReadonlySet<number> | undefined {
  if (names === undefined) return undefined;
  const nodes = new Set<number>();
  for (const name of names) {
    const node = evidenceNode(graph, name);
    if (node !== undefined) nodes.add(node);
  }
  return nodes;
}

/** For how many predecessors each node waits. Evidence that never comes waits for one that does not exist. */
function waitingFor(graph: RuleGraph, seeds: ReadonlySet<number> | undefined): Int32Array {
  const waiting = inDegrees(graph.digraph);
  if (seeds === undefined) return waiting;
  for (let node = 0; node < graph.evidence.names.length; node++) {
    if (seeds.has(node)) waiting[node] = 0;
    else if (waiting[node] === 0) waiting[node] = 1;
  }
  return waiting;
}

/** Evidence nodes do not count: a rule's wave follows from those of the rules that make its inputs. */
function findWaves(graph: RuleGraph, waiting: Int32Array): Int32Array {
  const { digraph, evidence } = graph;
  const given = new Uint8Array(digraph.nodes);
  for (let node = 0; node < digraph.nodes; node++) if (waiting[node] === 0) given[node] = 1;
  const { order } = findGenerations(digraph, waiting);
  const wave = new Int32Array(digraph.nodes).fill(-1);
  for (const node of order) {
    const step = node < evidence.names.length ? 1 : 0;
    let latest = 0;
    if (given[node] === 0) {
      for (let slot = digraph.inStarts[node]!; slot < digraph.inStarts[node + 1]!; slot++) {
        const wait = wave[digraph.inSources[slot]!]! + step;
        if (wait > latest) latest = wait;
      }
    }
    wave[node] = latest;
  }
  return wave.subarray(evidence.names.length);
}

function findUnresolved(
  graph: RuleGraph,
  seeds: ReadonlySet<number> | undefined,
  waveOf: Int32Array,
): readonly UnresolvedRule[] {
  if (seeds === undefined) return [];
  const { inStarts, inSources } = graph.digraph;
  const unresolved: UnresolvedRule[] = [];
  graph.rules.forEach((rule, index) => {
    const node = graph.evidence.names.length + index;
    const output = graph.digraph.outTargets[graph.digraph.outStarts[node]!]!;
    if (waveOf[index] !== -1 || seeds.has(output)) return;
    const missing: string[] = [];
    for (let slot = inStarts[node]!; slot < inStarts[node + 1]!; slot++) {
      const input = inSources[slot]!;
      const nobody = inStarts[input] === inStarts[input + 1] && !seeds.has(input);
      if (nobody) missing.push(graph.evidence.names[input]!);
    }
    if (missing.length > 0) unresolved.push({ rule: rule.name, missing });
  });
  return unresolved;
}

function splitByWave(order: Uint32Array, waveOf: Int32Array, names: readonly string[]) {
  const waves: string[][] = [];
  for (let place = 0; place < order.length; place++) {
    const wave = waveOf[order[place]!]!;
    (waves[wave] ??= []).push(names[place]!);
  }
  return waves;
}
