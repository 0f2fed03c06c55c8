import type { ProjectPath } from "../base/project-path.ts";
import type { DerivedKind } from "../model/resource.ts";
import type { ResourceId } from "../model/ids.ts";
import type { Listing } from "../model/listing.ts";
import type { OutputRecord } from "../model/output.ts";
import type { SourceRecord } from "../model/source.ts";
import type { PlannedTask, WorkPlan } from "../model/work-plan.ts";
import { loadTimings } from "../store/timings.ts";
import { CommandFault } from "./command-fault.ts";
import { estimateFrom, estimateWork, type Estimate } from "./estimate.ts";
import { expectEnds, type Expected, type Expecting } from "./expected-ends.ts";
import { noFolderRead } from "./faults.ts";
import type { Known } from "./key-parts.ts";
import { lookUpMade } from "./made-before.ts";
import { planBuild } from "./plan.ts";
import { impactedTargets, sinceBasis } from "./plan-basis.ts";
import type { EnginePorts } from "./ports.ts";
import { derive, findLost } from "./prepare.ts";
import { readSettings, type Derived, type ProjectState } from "./project-state.ts";
import { compareListing, newRecords, scanFiles } from "./scan-files.ts";
import type { Target } from "./target.ts";
import { generationOf } from "./work-schedule.ts";

/** What a dry run is asked. */
export type DryRun = {
  /** The folder as it is now; `null` for as it was last read. */
  readonly listing: Listing | null;
  readonly root: ResourceId | null;
  readonly force: boolean;
};

/** Timings that an estimate is made from, the latest ones. */
const timingsRead = 20_000;

type Folder = { readonly sources: ReadonlyMap<ProjectPath, SourceRecord>; readonly derived: Derived };

/**
 * Tells what a build would do, and does nothing: it reads changed files as an intake would, derives, plans and looks
 * up what was made before, and writes neither to the log, the database, the artifact store nor the site, nor to
 * what is known of the project. Throws a `CommandFault` where there is no folder, and rejects with an `AbortError`
 * once the signal aborts.
 */
export async function dryRun(
  state: ProjectState,
  asked: DryRun,
  { ports, digest }: { readonly ports: EnginePorts; readonly digest: Known["digest"] },
  signal: AbortSignal,
): Promise<WorkPlan> {
  const { sources, derived } = await readFolder(state, asked.listing, ports, signal);
  const { blueprint, schedule } = derived;
  const outputs = await outputsThere(state, ports);
  const since = sinceBasis(state.basis, blueprint.targets);
  const known = { sources, outputs, since, frame: blueprint.frame, digest };
  const impacted = impactedTargets(state.basis, { ...known, targets: blueprint.targets, schedule });
  const plan = planBuild(blueprint.targets, schedule, known, { ...asked, impacted, hasher: ports.hasher });
  const findMade: Expecting["findMade"] = async (keys) =>
    (await lookUpMade(state.projectId, ports, keys)).there;
  const ends = await expectEnds({
    plan,
    schedule,
    known,
    force: asked.force,
    hasher: ports.hasher,
    findMade,
  });
  const timings = await loadTimings(ports.store, state.projectId, timingsRead);
  const estimate = estimateFrom(timings, blueprint.targets, sources);
  return {
    ...tellEnds(ends, derived, { estimate, lanes: ports.runner.size }),
    clean: plan.clean + [...ends.values()].filter((end) => end === null).length,
    removals: [...state.outputs.keys()].filter((id) => !blueprint.targets.has(id)),
  };
}

/** The outputs as they are, without the bytes that the browser dropped. A copy. */
async function outputsThere(
  { outputs, verified }: ProjectState,
  { bytes }: EnginePorts,
): Promise<Map<ResourceId, OutputRecord>> {
  const there = new Map(outputs);
  if (verified) return there;
  for (const record of await findLost(outputs, bytes.present))
    there.set(record.id, { ...record, artifact: null });
  return there;
}

/** What an intake of this listing would come to. */
async function readFolder(
  state: ProjectState,
  listing: Listing | null,
  ports: EnginePorts,
  signal: AbortSignal,
): Promise<Folder> {
  const asRead = state.derived && { sources: state.sources, derived: state.derived };
  if (listing === null) {
    if (asRead === null) throw new CommandFault(noFolderRead(state.name));
    return asRead;
  }
  const { changed, removed } = compareListing(listing, state.sources, { readElsewhere: state.isMerged });
  const scanned = await scanFiles(changed, { runner: ports.runner, scanned: () => undefined }, signal);
  const records = newRecords(scanned, state.sources);
  const { settings } = await readSettings((path) => listing.get(path)?.bytes, ports.bytes.readText);
  const isSame = JSON.stringify(settings) === JSON.stringify(state.settings);
  if (asRead !== null && isSame && records.length + removed.length === 0) return asRead;
  const sources = new Map(state.sources);
  for (const path of removed) sources.delete(path);
  for (const record of records) sources.set(record.path, record);
  return { sources, derived: derive({ ...state, settings }, sources, ports) };
}

function tellEnds(
  ends: ReadonlyMap<ResourceId, Expected>,
  { blueprint, schedule }: Derived,
  { estimate, lanes }: { readonly estimate: Estimate; readonly lanes: number },
): Pick<WorkPlan, "tasks" | "estimate"> {
  const tasks: PlannedTask[] = [];
  const timed = new Map<Target, number | null>();
  for (const [id, expected] of ends) {
    const target = blueprint.targets.get(id);
    if (expected === null || target === undefined) continue;
    const { end, cause } = expected;
    const runs = end === "run" || end === "may-run";
    const estimateMs = runs ? estimate(target) : null;
    if (runs) timed.set(target, estimateMs);
    const kind: DerivedKind = target.kind;
    tasks.push({
      resourceId: id,
      kind,
      generation: generationOf(schedule, id),
      expected: end,
      cause,
      estimateMs,
    });
  }
  return { tasks, estimate: estimateWork(timed, lanes) };
}
