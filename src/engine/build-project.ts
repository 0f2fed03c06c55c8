import { asJobId, type ResourceId } from "../model/ids.ts";
import { putGraphSnapshot } from "../store/graph-snapshots.ts";
import { snapshotOf } from "../rules/snapshot.ts";
import { fileId, filePathOf } from "../model/resource.ts";
import { compareReads } from "../rules/compare-reads.ts";
import type { RetryScope } from "../model/wire.ts";
import { BuildRun, type RunPorts, type RunWork } from "./build-run.ts";
import { collectProject, collectReplaced } from "./collect.ts";
import { EarlierBuild } from "./earlier-build.ts";
import type { Known } from "./key-parts.ts";
import { Ledger } from "./ledger.ts";
import { takeMade } from "./made-before.ts";
import { planBuild } from "./plan.ts";
import { basisAfter, impactedTargets, sinceBasis, type PlanBasis } from "./plan-basis.ts";
import type { EnginePorts } from "./ports.ts";
import { findLost } from "./prepare.ts";
import { reloadOutputs, type Derived, type ProjectState } from "./project-state.ts";
import type { ProjectViews } from "./project-views.ts";
import { noteReplaced, publishAll, removeOrphans } from "./publish.ts";
import type { RunProgress } from "./run-progress.ts";
import type { Settled } from "./settlement.ts";

/** A browser dropped bytes in the middle of a visit: the next build looks for all that are lost. */
const fragmentLostCode = "fragment-lost";
/** The same of a copy: one that was fetched is fetched again. */
const copyLostCode = "copy-lost";

/** What a build works with. */
export type Build = {
  readonly state: ProjectState;
  readonly derived: Derived;
  readonly ports: EnginePorts;
  readonly views: ProjectViews;
  readonly progress: RunProgress;
  readonly digest: Known["digest"];
  /** Only what this needs, or everything. */
  readonly root: ResourceId | null;
  readonly force: boolean;
  /** As for the command. */
  readonly failed?: RetryScope | undefined;
};

/**
 * Prepares, plans, dispatches, publishes and collects. Resolves also after an abort: what was finished by then is in
 * the database and in the site, and the rest is marked as cancelled.
 */
export async function buildProject(build: Build, signal: AbortSignal): Promise<void> {
  const { derived, progress, views } = build;
  progress.enter("planning", 0);
  progress.sign(derived.schedule.signature);
  progress.aim(build.root);
  progress.stages.enter("prepare");
  await forgetLost(build);
  await removeOrphans(build.state, derived, build.ports);
  progress.stages.enter("plan");
  const { basis } = build.state;
  const plan = makePlan(build);
  views.showGraph(derived, plan.dirty);
  views.showProblems(derived);
  progress.enter("building", plan.dirty.size + plan.poisoned.size + plan.clean);
  progress.pass(plan.clean, plan.clean);
  progress.stages.enter("dispatch");
  if (plan.dirty.size + plan.poisoned.size > 0) await runPlan(build, plan, signal);
  // After a cancel what was not made is CANCELLED, so the basis holds for the rest.
  if (build.root === null && build.failed !== "only") build.state.basis = basisOf(build, basis);
  progress.enter("publishing", 0);
  progress.stages.enter("publish");
  await publishAll(build.state, build.ports);
  build.state.pipeline = progress.stages.compare() ?? build.state.pipeline;
  views.showProblems(derived);
  // Nobody waits for these two.
  await keepSnapshot(build);
  // What a part of a build or a cancelled one has not come to may still find there what its file's old name made.
  if (build.root === null && !signal.aborted) await collect(build);
}

/** The plan; until its build has ended, nothing is known to be clean. */
function makePlan(build: Build): RunWork["plan"] {
  const { state, derived, ports } = build;
  const known = knownOf(build);
  const { schedule, blueprint } = derived;
  const now = { ...known, targets: blueprint.targets, schedule };
  const impacted = impactedTargets(state.basis, now);
  const plan = planBuild(blueprint.targets, schedule, known, { ...build, impacted, hasher: ports.hasher });
  // A build of nothing leaves what the one before it can tell of its causes.
  if (plan.dirty.size > 0) {
    state.basisBefore = state.basis ?? state.earlier;
    state.earlier = null;
  }
  state.basis = null;
  return plan;
}

function basisOf({ state, derived: { blueprint } }: Build, last: PlanBasis | null): PlanBasis {
  return basisAfter(last, { ...blueprint, settings: state.settings }, state);
}

/** Runs the plan. When that fails, what was finished is kept, and memory is what the database has again. */
async function runPlan(build: Build, plan: RunWork["plan"], signal: AbortSignal): Promise<void> {
  try {
    await dispatch(build, plan, signal);
  } catch (error) {
    await reloadOutputs(build.state, build.ports);
    build.views.showGraph(build.derived, new Map());
    throw error;
  }
}

async function dispatch(build: Build, plan: RunWork["plan"], signal: AbortSignal): Promise<void> {
  const { state, derived, ports, views, progress, force, failed } = build;
  const { schedule, blueprint } = derived;
  views.forgetTasks();
  const ledger = new Ledger(state, ports, (batch) => {
    views.showSettled(derived, batch);
    views.showTasks(batch);
  });
  const jobId = asJobId(progress.row.key);
  const work: RunWork = {
    jobId,
    targets: blueprint.targets,
    schedule,
    plan,
    force,
    failed,
    inputs: knownOf(build),
  };
  const runPorts: RunPorts = {
    runner: ports.runner,
    hasher: ports.hasher,
    clock: ports.clock,
    findMade: async (keys) => {
      const made = await takeMade(state.projectId, ports, keys);
      progress.hit(keys.filter((key) => made.get(key)?.artifact).length);
      return made;
    },
    changed: (target, status) => views.showStatus(derived, target, status),
    settled: (settled) => {
      progress.settle(settled.event);
      noteReads(state, settled);
      noteReplaced(state, settled.before, settled.record);
      if (settled.record.fault?.code === fragmentLostCode) state.verified = false;
      if (settled.record.fault?.code === copyLostCode) state.remote.verified = false;
      ledger.add(settled);
    },
  };
  try {
    await new BuildRun(work, runPorts, signal).execute();
  } finally {
    await ledger.flush();
  }
}

/** Compares the files that a task read with those that its rule requires. */
function noteReads({ reads }: ProjectState, { target, read }: Settled): void {
  if (read === null) return;
  const declared = target.inputs.filter((id) => filePathOf(id) !== undefined);
  const [difference] = compareReads([{ rule: target.id, declared, read: read.map(fileId) }]);
  reads.set(target.id, difference ?? null);
}

/** Keeps the shape of the graph, once for each signature. */
async function keepSnapshot({ state, derived, ports, progress }: Build): Promise<void> {
  const { signature, graph } = derived.schedule;
  if (state.keptSignature === signature) return;
  const { nodes, edges } = snapshotOf(graph, "build");
  const kept = { signature, nodes, edges, diagnostics: { cycles: derived.schedule.cycles } };
  await putGraphSnapshot(ports.store, state.projectId, kept, progress.row.startedAt);
  state.keptSignature = signature;
}

function knownOf({ state, derived, digest }: Build): RunWork["inputs"] {
  const { sources, outputs, bytes } = state;
  const { targets, frame } = derived.blueprint;
  const before = state.basis ?? state.basisBefore;
  // Not worth deriving what an earlier visit built.
  const since = before instanceof EarlierBuild ? undefined : sinceBasis(before, targets);
  return { sources, outputs, bytes, since, frame, digest };
}

/** Once for each opening: outputs whose bytes the browser dropped are as if they had never been built. */
async function forgetLost({ state, ports }: Build): Promise<void> {
  if (state.verified) return;
  for (const record of await findLost(state.outputs, ports.bytes.present)) {
    state.outputs.set(record.id, { ...record, artifact: null });
    noteReplaced(state, record);
    if (record.sitePath !== null) state.published.delete(record.sitePath);
  }
  state.verified = true;
}

async function collect({ state, ports }: Build): Promise<void> {
  const replaced = state.replaced.take();
  try {
    if (replaced === "unknown") await collectProject(state.projectId, ports);
    else if (replaced !== null) await collectReplaced(state.projectId, replaced, ports);
  } catch (error) {
    state.replaced.noteUnknown();
    throw error;
  }
}
