import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { compareNames } from "../base/byte-order.ts";
import { loadHasher } from "../base/xxhash.ts";
import { asContentHash, asJobId, asProjectId, type ResourceId } from "../model/ids.ts";
import type { Relationship } from "../model/relationship.ts";
import type { OutputRecord } from "../model/output.ts";
import { fileId } from "../model/resource.ts";
import { defaultSettings } from "../model/settings.ts";
import type { Job, TaskResult } from "../model/wire.ts";
import { openLog } from "../log/open-log.ts";
import type { Store } from "../store/open-store.ts";
import { commitOutputs } from "../store/outputs.ts";
import { readyTasks } from "../store/ready-tasks.ts";
import { openTestStore } from "../store/testing/open-test-store.ts";
import type { TaskRunner } from "../tasks/contract.ts";
import { resourcesOf } from "../tasks/job-resources.ts";
import { deriveBlueprint } from "./blueprint.ts";
import { BuildRun, type RunPorts } from "./build-run.ts";
import { relationshipKey, relationshipOperations, sourceOperations } from "./changes.ts";
import { DerivationMemory } from "./derivation-memory.ts";
import { createDigest } from "./key-parts.ts";
import { planBuild } from "./plan.ts";
import { scheduleTargets } from "./schedule-targets.ts";
import type { Settled } from "./settlement.ts";
import { chooseSources, choices, type Choice } from "./small-project.test-kit.ts";

let store: Store;
let projects = 0;
const hasher = await loadHasher();
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

/** A project whose log and outputs are in the database. */
class KeptProject {
  readonly projectId = asProjectId(`ready ${projects++}`);
  readonly #memory = new DerivationMemory(hasher);
  readonly outputs = new Map<ResourceId, OutputRecord>();
  #sources: ReturnType<typeof chooseSources> = new Map();
  #relationships: ReadonlyMap<string, Relationship> = new Map();

  /** Takes these files in, and gives what there is to build. */
  async take(choice: Choice) {
    const sources = chooseSources(choice);
    const project = { settings: defaultSettings, name: "test", memory: this.#memory };
    const { targets, frame, relationships } = deriveBlueprint(sources, project);
    const wanted = new Map(relationships.map((entry) => [relationshipKey(entry), entry]));
    const gone = [...this.#sources.keys()].filter((path) => !sources.has(path));
    const log = await openLog(store, this.projectId, () => 1);
    await log.record([
      ...sourceOperations([...sources.values()], gone),
      ...relationshipOperations(this.#relationships, wanted),
    ]);
    [this.#sources, this.#relationships] = [sources, wanted];
    const removals = [...this.outputs.keys()].filter((id) => !targets.has(id));
    for (const id of removals) this.outputs.delete(id);
    await this.commit([], removals);
    const schedule = scheduleTargets({ targets, files: [...sources.keys()].map(fileId) }, hasher);
    const bytes = new Map(
      [...sources.keys()].map((path) => [path, { type: "file", file: new Blob() } as const]),
    );
    const inputs = { sources, outputs: this.outputs, bytes, frame, digest: createDigest(hasher) };
    return { targets, schedule, inputs };
  }

  async commit(settled: readonly Settled[], removals: readonly ResourceId[]): Promise<void> {
    const upserts = [...new Map(settled.map(({ record }) => [record.id, record])).values()];
    const events = settled.map(({ event }) => event);
    await commitOutputs(store, this.projectId, { upserts, removals, events, made: [] });
  }
}

/**
 * Builds a project at several times, and before each job asks the database which tasks are ready: it shall be those
 * that the run in memory has called ready and has not settled. `failing` picks tasks that fail.
 */
async function buildAndCompare(versions: readonly Choice[], failing: number): Promise<number> {
  const project = new KeptProject();
  let compared = 0;
  for (const [moment, choice] of versions.entries()) {
    const { targets, schedule, inputs } = await project.take(choice);
    const options = { root: null, force: false, impacted: new Set(targets.keys()), hasher };
    const plan = planBuild(targets, schedule, inputs, options);
    const jobId = asJobId(`run ${moment}`);
    const ready = new Set<ResourceId>();
    let settled: Settled[] = [];
    const compare = async () => {
      const [batch, expected] = [settled, [...ready].sort(compareNames)];
      settled = [];
      await project.commit(batch, []);
      const { projectId } = project;
      expect(await readyTasks(store, { projectId, jobId }, [...plan.dirty.keys()])).toEqual(expected);
      compared += expected.length;
    };
    const ports: RunPorts = {
      runner: oneByOne(compare, failing),
      hasher,
      clock: () => 1,
      findMade: () => Promise.resolve(new Map()),
      changed: (target, status) => void (status === "READY" && ready.add(target.id)),
      settled: (entry) => {
        ready.delete(entry.target.id);
        settled.push(entry);
      },
    };
    const work = { jobId, targets, schedule, plan, force: false, inputs };
    await new BuildRun(work, ports, new AbortController().signal).execute();
    await compare();
  }
  return compared;
}

/** Carries out one job after the other, each after `before`; what it makes follows from the resource's name. */
function oneByOne(before: () => Promise<void>, failing: number): TaskRunner {
  let last: Promise<unknown> = Promise.resolve();
  const resultOf = (resourceId: ResourceId): TaskResult => {
    const fault = { code: "broken", severity: "error", message: "It broke.", remedy: "Mend it." } as const;
    if (resourceId.length % 7 === failing) return { status: "failed", resourceId, fault, durationMs: 1 };
    const hash = asContentHash(resourceId.length.toString(16).padStart(16, "0"));
    const artifact = { hash, size: 2, type: "text/html" };
    return { status: "done", resourceId, artifact, value: null, problems: [], durationMs: 1, read: [] };
  };
  return {
    size: 2,
    run: (job: Job) => {
      const outcome = last.then(before).then(() => ({
        jobId: job.id,
        worker: 0,
        results: job.items.flatMap((item) => resourcesOf(job.kind, item)).map(resultOf),
      }));
      last = outcome.catch(() => undefined);
      return outcome;
    },
    close: () => undefined,
  };
}

it("[E39] finds in the database the tasks that the run in memory calls ready, at every instant", async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(choices, fc.nat(6), async (versions, failing) => {
      compared += await buildAndCompare(versions.slice(0, 3), failing);
    }),
    { numRuns: 12 },
  );
  expect(compared).toBeGreaterThan(100);
});
