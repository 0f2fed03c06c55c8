import { invariant } from "../base/invariant.ts";
import type { Hasher } from "../base/xxhash.ts";
import { asResourceId, type ResourceId } from "../model/ids.ts";
import type { RuleCycle } from "../rules/rule-cycle.ts";
import type { RuleDefinition } from "../rules/rule-definition.ts";
import { placesOf, type SchedulePlace } from "../rules/execution-event.ts";
import { buildRuleGraph, type RuleGraph } from "../rules/rule-graph.ts";
import { scheduleRules } from "../rules/schedule.ts";
import { signatureOf } from "../rules/signature.ts";
import { hasSameText } from "./reuse-targets.ts";
import type { Target } from "./target.ts";

/** The targets of a project in an order in which they can be built. */
export type TargetSchedule = {
  /** By generation, then by name. Without those that cycles hold up. */
  readonly order: readonly Target[];
  /** Every file and output as evidence, every target as a rule. */
  readonly graph: RuleGraph;
  /** By target; those that cycles hold up have none. */
  readonly places: ReadonlyMap<string, SchedulePlace>;
  /** Estimated work from the start of a target to the end of all that waits for it. */
  readonly remainingWork: ReadonlyMap<ResourceId, number>;
  /** Targets that wait for the outputs of other targets: the waiting ones by the one that they wait for. */
  readonly dependents: ReadonlyMap<ResourceId, readonly Target[]>;
  readonly cycles: readonly RuleCycle[];
  /** What lies behind a cycle without being part of one. */
  readonly behindCycles: readonly ResourceId[];
  /** Changes with the rules and their edges, and with nothing else. */
  readonly signature: string;
};

/** Rough work of one task, to tell what should start first. */
const weightOf: Readonly<Record<Target["kind"], number>> = {
  variant: 50,
  fragment: 2,
  page: 2,
  copy: 1,
  listing: 1,
  feed: 1,
};

/** What a schedule is made for: all that is to be made, and all files, also those that nothing reads. */
export type Work = {
  readonly targets: ReadonlyMap<ResourceId, Target>;
  readonly files: readonly ResourceId[];
};

/** Work with the schedule made for it. */
export type Scheduled = Work & { readonly schedule: TargetSchedule };

/**
 * Orders the targets through the rule graph: each target is a rule that requires its inputs and produces itself.
 * Where `last` has the same rules its order is taken over; the answer is the same without it.
 */
export function scheduleTargets(work: Work, hasher: Hasher, last: Scheduled | null = null): TargetSchedule {
  const { targets } = work;
  const all = [...targets.values()];
  if (last !== null && hasSameRules(work, last)) {
    const order = last.schedule.order.map(({ id }) => targetNamed(targets, id));
    return { ...last.schedule, order, dependents: findDependents(all, targets) };
  }
  const dependents = findDependents(all, targets);
  const result = buildRuleGraph(
    all.map(ruleOf),
    work.files.map((name) => ({ name })),
  );
  invariant(result.ok, "targets have unique ids");
  const schedule = scheduleRules(result.graph);
  const order = schedule.orderedRules.map((name) => targetNamed(targets, name));
  return {
    order,
    graph: result.graph,
    places: placesOf(schedule),
    remainingWork: findRemainingWork(order, dependents),
    dependents,
    cycles: schedule.cycles.components,
    behindCycles: schedule.cycles.behind.map(asResourceId),
    signature: signatureOf(result.graph, hasher),
  };
}

function hasSameRules(a: Work, b: Work): boolean {
  if (a.targets.size !== b.targets.size || !hasSameText(a.files, b.files)) return false;
  const others = [...b.targets.values()];
  return [...a.targets.values()].every(({ id, inputs }, i) => {
    const other = others[i];
    return other !== undefined && id === other.id && hasSameText(inputs, other.inputs);
  });
}

function ruleOf(target: Target): RuleDefinition {
  return { name: target.id, inputs: target.inputs, output: target.id, priority: 0 };
}

function targetNamed(targets: ReadonlyMap<ResourceId, Target>, name: string): Target {
  const target = targets.get(asResourceId(name));
  invariant(target !== undefined, "each rule is a target");
  return target;
}

function findDependents(
  all: readonly Target[],
  targets: ReadonlyMap<ResourceId, Target>,
): ReadonlyMap<ResourceId, readonly Target[]> {
  const dependents = new Map<ResourceId, Target[]>();
  for (const target of all) {
    for (const input of target.inputs) {
      if (!targets.has(input)) continue;
      const waiting = dependents.get(input);
      if (waiting === undefined) dependents.set(input, [target]);
      else waiting.push(target);
    }
  }
  return dependents;
}

/** Along the longest path, so that the last worker does not end up with the longest chain. */
function findRemainingWork(
  order: readonly Target[],
  dependents: TargetSchedule["dependents"],
): ReadonlyMap<ResourceId, number> {
  const remaining = new Map<ResourceId, number>();
  for (const { id, kind } of order.toReversed()) {
    let behind = 0;
    for (const dependent of dependents.get(id) ?? [])
      behind = Math.max(behind, remaining.get(dependent.id) ?? 0);
    remaining.set(id, behind + weightOf[kind]);
  }
  return remaining;
}
