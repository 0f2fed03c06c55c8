import fc from "fast-check";
import { expect, it } from "vitest";
import type { ResourceId, TaskKey } from "../model/ids.ts";
import { asJobId, asProjectId } from "../model/ids.ts";
import type { OutputRecord, TaskEvent } from "../model/output.ts";
import type { WorkPlan } from "../model/work-plan.ts";
import { loadRuns, loadTaskEvents } from "../store/jobs.ts";
import { loadOutputs } from "../store/resources.ts";
import type { TaskRunner } from "../tasks/contract.ts";
import { resourcesOf } from "../tasks/job-resources.ts";
import { createLocalRunner } from "./local-runner.ts";
import { Life, mortalDisk } from "./testing/mortal.ts";
import { edit, type Edit } from "./testing/random-edits.ts";
import { withStubPictures } from "./testing/stub-pictures.ts";
import {
  createTestDisk,
  openTestHostOn,
  TestFolder,
  type TestDisk,
  type TestHost,
} from "./testing/test-host.ts";

const projectId = "00000000-0000-4000-8000-000000000001";

/** What comes between an edit and the build of everything. */
type Trouble =
  | { readonly type: "none" }
  /** The host is killed before its call `at` of the disk, or its run is cancelled then. */
  | { readonly type: "kill" | "cancel"; readonly at: number }
  /** Only what one target needs is built. */
  | { readonly type: "root"; readonly which: number }
  /** Tasks of some kinds crash, which trying again mends. */
  | { readonly type: "crash"; readonly kinds: readonly string[] };

type Step = { readonly edits: readonly Edit[]; readonly trouble: Trouble };

const trouble: fc.Arbitrary<Trouble> = fc.oneof(
  fc.constant({ type: "none" } as const),
  fc.nat(40).map((at) => ({ type: "kill", at }) as const),
  fc.nat(40).map((at) => ({ type: "cancel", at }) as const),
  fc.nat(20).map((which) => ({ type: "root", which }) as const),
  fc
    .subarray(["render-page", "render-fragment", "transcode", "copy"], { minLength: 1 })
    .map((kinds) => ({ type: "crash", kinds }) as const),
);
const step: fc.Arbitrary<Step> = fc.record({
  edits: fc.array(edit, { minLength: 1, maxLength: 3 }),
  trouble,
});

/** A project on one disk, built by one host after the other. */
class LivingProject {
  readonly disk: TestDisk;
  readonly folder = new TestFolder();
  #life = new Life();
  host!: TestHost;
  crashing: readonly string[] = [];
  constructor(disk: TestDisk) {
    this.disk = disk;
  }

  async start(): Promise<void> {
    this.#life = new Life();
    const disk = mortalDisk(this.disk, this.#life);
    const { artifacts, highlighted } = disk.stores;
    const runner = withStubPictures(createLocalRunner({ artifacts, highlighted }), { artifacts });
    const crashing = withCrashes(runner, () => this.crashing);
    this.host = await openTestHostOn(disk, { projectId, alter: (result) => result, runner: crashing });
  }

  /** Meets trouble on the way to a build; gives whether the host died of it. */
  async meet(what: Trouble, roots: readonly string[]): Promise<boolean> {
    const life = this.#life;
    switch (what.type) {
      case "none":
        return false;
      case "kill":
        life.after(what.at, () => life.kill());
        await Promise.race([this.host.build(this.folder), life.end]);
        life.kill();
        await this.start();
        return true;
      case "cancel":
        life.after(what.at, () => void this.host.cancel());
        await this.host.build(this.folder);
        life.after(Infinity, () => undefined);
        return false;
      case "root":
        await this.host.build(this.folder, { root: roots[what.which % roots.length] ?? null });
        return false;
      case "crash":
        this.crashing = what.kinds;
        await this.host.build(this.folder);
        this.crashing = [];
        return false;
    }
  }

  async outputs(): Promise<readonly OutputRecord[]> {
    return loadOutputs(this.disk.store, asProjectId(projectId));
  }

  /** What is kept of the tasks of the last run. */
  async lastEvents(): Promise<readonly TaskEvent[]> {
    const [run] = await loadRuns(this.disk.store, asProjectId(projectId), 1);
    return run === undefined ? [] : loadTaskEvents(this.disk.store, asProjectId(projectId), asJobId(run.key));
  }
}

function withCrashes(runner: TaskRunner, kinds: () => readonly string[]): TaskRunner {
  const fault = {
    code: "task-crashed",
    severity: "error",
    message: "It crashed.",
    remedy: "Again.",
  } as const;
  return {
    ...runner,
    run: async (job, signal) => {
      if (!kinds().includes(job.kind)) return runner.run(job, signal);
      const ids = job.items.flatMap((item) => resourcesOf(job.kind, item));
      const results = ids.map(
        (resourceId) => ({ status: "failed", resourceId, fault, durationMs: 1 }) as const,
      );
      return Promise.resolve({ jobId: job.id, worker: 0, results });
    },
  };
}

/**
 * The keys that a build from scratch gives the tasks of the folder as it is: what the law compares with. They are
 * independent of what is tested, which is everything that is remembered: the scratch project has no record, no basis
 * of an earlier plan, no memory of derivations and nothing made before, so its keys say what the inputs are and not
 * what changed. That a key covers too little shows in bytes that differ from those of the build from scratch.
 */
type Keys = ReadonlyMap<ResourceId, TaskKey>;

/** What the tasks of a project are known to have come to. */
class Successes {
  /** By target, the keys at its last success and at its last failure that trying again would not mend. */
  readonly #good = new Map<ResourceId, TaskKey>();
  readonly #bad = new Map<ResourceId, TaskKey>();
  readonly #ever = new Set<TaskKey>();

  note(events: readonly TaskEvent[], keys: Keys, failing: ReadonlySet<ResourceId>): void {
    for (const { resourceId, outcome } of events) {
      const key = keys.get(resourceId);
      if (key === undefined) continue;
      if (outcome === "built" || outcome === "reused") {
        this.#good.set(resourceId, key);
        this.#ever.add(key);
      } else if (outcome === "failed" && failing.has(resourceId)) this.#bad.set(resourceId, key);
    }
  }

  /** No task with this key may run for this target: its inputs are those of a success, whatever it is called now. */
  isKnown(id: ResourceId, key: TaskKey): boolean {
    return this.#bad.get(id) === key || [...this.#good.values()].includes(key);
  }

  wasEverMade(key: TaskKey): boolean {
    return this.#ever.has(key);
  }

  /** What the folder no longer asks for is forgotten by a whole build. */
  keepOnly(keys: Keys): void {
    for (const id of this.#good.keys()) if (!keys.has(id)) this.#good.delete(id);
    for (const id of this.#bad.keys()) if (!keys.has(id)) this.#bad.delete(id);
  }
}

/** What the dry run said is what the build then did. */
function expectAsPlanned(
  plan: WorkPlan,
  { ran, keys }: { ran: readonly string[]; keys: Keys },
  at: string,
): void {
  const ends = new Map(plan.tasks.map(({ resourceId, expected }) => [resourceId as string, expected]));
  const keyOf = (id: string) => keys.get(id as ResourceId) ?? id;
  const ranKeys = new Set(ran.map(keyOf));
  for (const id of ran) expect(["run", "may-run"], `${at}: ${id} ran`).toContain(ends.get(id));
  for (const [id, end] of ends)
    if (end === "run") expect(ranKeys.has(keyOf(id)), `${at}: ${id} was to run`).toBe(true);
}

async function obey(living: LivingProject, scratch: LivingProject, steps: readonly Step[]): Promise<void> {
  const known = new Successes();
  await living.start();
  await scratch.start();
  living.folder.write("index.md", "# Start");
  let roots: readonly string[] = [];
  for (const [index, { edits, trouble: what }] of steps.entries()) {
    const at = `step ${index}`;
    for (const { apply } of edits) apply(living.folder);
    await scratch.host.deleteProject();
    await scratch.host.build(living.folder.copy());
    const made = await scratch.outputs();
    const keys: Keys = new Map(made.flatMap(({ id, taskKey }) => (taskKey === null ? [] : [[id, taskKey]])));
    const failing = new Set(made.filter(({ status }) => status === "FAILED").map(({ id }) => id));
    const check = async (build: () => Promise<unknown>) => {
      const ran = await living.host.ranIn(build);
      for (const id of ran as readonly ResourceId[]) {
        const key = keys.get(id);
        if (key !== undefined)
          expect(known.isKnown(id, key), `${at}: ${id} ran with known inputs`).toBe(false);
      }
      known.note(await living.lastEvents(), keys, failing);
      return ran;
    };
    if (what.type !== "none") await check(() => living.meet(what, roots));
    const plan = await living.host.open().then(() => living.host.plan(living.folder));
    const wanted = [...keys].filter(([id, key]) => !failing.has(id) && !known.wasEverMade(key));
    const ran = await check(() => living.host.build(living.folder));
    const ranKeys = new Set((ran as readonly ResourceId[]).map((id) => keys.get(id)));
    for (const [id, key] of wanted) expect(ranKeys.has(key), `${at}: ${id} had to run`).toBe(true);
    expectAsPlanned(plan, { ran, keys }, at);
    known.keepOnly(keys);
    expect(living.host.statuses(), at).toEqual(scratch.host.statuses());
    expect(await living.host.doneSite(), at).toEqual(await scratch.host.doneSite());
    expect(living.host.problems(), at).toEqual(scratch.host.problems());
    roots = [...keys.keys()];
  }
  await living.host.deleteProject();
  expect(await living.disk.stores.artifacts.list()).toEqual([]);
}

const runs = Number(process.env["STRATA_LAW_RUNS"] ?? 25);

it(
  "[E3] [E4] after any edits and troubles outputs are those of a build from scratch, and only what changed ran",
  { timeout: 60_000 + runs * 10_000 },
  async () => {
    const [disk, scratchDisk] = [await createTestDisk(), await createTestDisk()];
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        const living = new LivingProject(disk);
        await obey(living, new LivingProject(scratchDisk), steps).finally(() => living.host.deleteProject());
      }),
      { numRuns: runs },
    );
  },
);
