import fc from "fast-check";
import { expect, it } from "vitest";
import type { ResourceId, TaskKey } from "../model/ids.ts";
import type { TaskEvent } from "../model/output.ts";
import type { ChangedInput } from "../model/wire.ts";
import type { WorkPlan } from "../model/work-plan.ts";
import { edit, type Edit } from "./testing/random-edits.ts";
import { LivingProject, type Trouble } from "./testing/living-project.ts";
import { pngOf } from "./testing/stub-pictures.ts";
import { putBackInputs, putBackPaths } from "./testing/put-back.ts";
import type { TestFolder } from "./testing/test-folder.ts";
import { createTestDisk } from "./testing/test-host.ts";

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

/** Explanations that were tried, with how many inputs each named. */
const tried: number[] = [];
/** How many tasks of a step are asked why: each costs some dry runs. */
const asked = 2;

/** What the explanations of some planned tasks name is what has to be put back, and nothing of it can be left out. */
async function expectExplained(living: LivingProject, earlier: TestFolder, at: string): Promise<void> {
  const { host, folder: now } = living;
  await host.takeIn(now);
  const { tasks } = await host.plan(null);
  const planned = async (folder: TestFolder, root: string) =>
    (await host.plan(folder, { root })).tasks.length;
  for (const { resourceId } of spread(tasks, asked)) {
    // What failed before, or stood in a cycle, has something to do whatever is put back.
    if ((await planned(putBackPaths([...now.paths(), ...earlier.paths()], { earlier, now }), resourceId)) > 0)
      continue;
    const { roots } = await host.inspect(resourceId);
    const putBack = (named: readonly ChangedInput[]) =>
      planned(putBackInputs(named, { earlier, now }), resourceId);
    const words = `${at}: ${resourceId}: ${roots?.map((root) => root.words).join(", ")}`;
    expect(await putBack(roots ?? []), words).toBe(0);
    for (const left of roots ?? [])
      expect(
        await putBack((roots ?? []).filter((root) => root !== left)),
        `${words}, without ${left.words}`,
      ).not.toBe(0);
    tried.push(roots?.length ?? 0);
  }
}

/** At most `count` items, as far from each other as they can be. */
function spread<T>(items: readonly T[], count: number): readonly T[] {
  return items.filter((_, i) => i % Math.ceil(items.length / count) === 0);
}

async function obey(living: LivingProject, scratch: LivingProject, steps: readonly Step[]): Promise<void> {
  const known = new Successes();
  await living.start();
  await scratch.start();
  living.folder.write("index.md", "# Start");
  let roots: readonly string[] = [];
  let built: TestFolder | undefined;
  for (const [index, { edits, trouble: what }] of steps.entries()) {
    const at = `step ${index}`;
    for (const { apply } of edits) apply(living.folder);
    await scratch.host.deleteProject();
    await scratch.host.build(living.folder.copy());
    const made = await scratch.outputs();
    const keys: Keys = new Map(made.flatMap(({ id, taskKey }) => (taskKey === null ? [] : [[id, taskKey]])));
    const failing = new Set(made.filter(({ status }) => status === "FAILED").map(({ id }) => id));
    const check = async (build: () => Promise<unknown>, lasting: ReadonlySet<ResourceId>) => {
      const ran = await living.host.ranIn(build);
      for (const id of ran as readonly ResourceId[]) {
        const key = keys.get(id);
        if (key !== undefined)
          expect(known.isKnown(id, key), `${at}: ${id} ran with known inputs`).toBe(false);
      }
      known.note(await living.newEvents(), keys, lasting);
      return ran;
    };
    // Every other explanation is of a visit that begins with it.
    if (built !== undefined && index % 4 === 1) await living.host.closeProject();
    if (built !== undefined && index % 2 === 1) await expectExplained(living, built, at);
    // What crashed may go well the next time.
    if (what.type !== "none") await check(() => living.meet(what, roots), new Set());
    const plan = await living.host.open().then(() => living.host.plan(living.folder));
    const wanted = [...keys].filter(([id, key]) => !failing.has(id) && !known.wasEverMade(key));
    const ran = await check(() => living.host.build(living.folder), failing);
    const ranKeys = new Set((ran as readonly ResourceId[]).map((id) => keys.get(id)));
    for (const [id, key] of wanted) expect(ranKeys.has(key), `${at}: ${id} had to run`).toBe(true);
    expectAsPlanned(plan, { ran, keys }, at);
    known.keepOnly(keys);
    expect(await living.host.collect(), `${at}: the build left nothing over`).toEqual(nothing);
    expect(living.host.statuses(), at).toEqual(scratch.host.statuses());
    expect(await living.host.doneSite(), at).toEqual(await scratch.host.doneSite());
    expect(living.host.problems(), at).toEqual(scratch.host.problems());
    roots = [...keys.keys()];
    built = living.folder.copy();
  }
  // What a killed or cancelled task stored and nobody noted goes at the next start.
  await living.start();
}

const nothing = { artifacts: 0, bytes: 0 };
const runs = Number(process.env["STRATA_LAW_RUNS"] ?? 25);

it(
  "[E3] [E4] [E76] after any edits and troubles outputs are those of a build from scratch, only what changed ran, and the explanations are true",
  { timeout: 60_000 + runs * 10_000 },
  async () => {
    const [disk, scratchDisk] = [await createTestDisk(), await createTestDisk()];
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        const living = new LivingProject(disk);
        try {
          await obey(living, new LivingProject(scratchDisk), steps);
        } finally {
          await living.host.deleteProject();
        }
        expect(await disk.stores.artifacts.list()).toEqual([]);
      }),
      { numRuns: runs },
    );
    expect(tried.length).toBeGreaterThan(runs / 2);
  },
);

it("[E13] builds after a cancel what the cancelled run had not come to, also where it was built before", async () => {
  const living = new LivingProject(await createTestDisk());
  await living.start();
  living.folder.write("index.md", "# One");
  await living.host.build(living.folder);
  for (let at = 0; at < 20; at++) {
    living.folder.write("index.md", `# Number ${at}`);
    await living.meet({ type: "cancel", at }, []);
    await living.host.build(living.folder);
    expect((await living.host.site()).get("index.html")).toContain(`Number ${at}`);
  }
});

it("[E13] builds a folder whose first reading was cancelled at any moment", async () => {
  const disk = await createTestDisk();
  for (let at = 0; at < 20; at++) {
    const living = new LivingProject(disk);
    await living.start();
    living.folder.write("index.md", "# One");
    await living.meet({ type: "cancel", at }, []);
    await living.host.build(living.folder);
    expect((await living.host.site()).get("index.html")).toContain("One");
    await living.host.deleteProject();
  }
});

it("[E4] makes nothing again of what failed and was put back", async () => {
  const living = new LivingProject(await createTestDisk());
  await living.start();
  living.folder.write("index.md", "![](p.png)");
  for (const body of ["red", "broken"]) {
    living.folder.write("p.png", pngOf(900, body));
    await living.host.build(living.folder);
  }
  expect([...living.host.statuses().values()]).toContain("FAILED");
  living.folder.write("p.png", pngOf(900, "red"));
  expect(await living.host.ranIn(() => living.host.build(living.folder))).toEqual([]);
  expect([...living.host.statuses().values()]).not.toContain("FAILED");
});

it("[E6] encodes nothing again of what moved before a part of the project was built", async () => {
  const living = new LivingProject(await createTestDisk());
  await living.start();
  living.folder.write("index.md", "![](p.png)");
  living.folder.write("other.md", "Other.");
  living.folder.write("p.png", pngOf(900, "red"));
  await living.host.build(living.folder);
  living.folder.move("p.png", "pics/q.png");
  living.folder.write("index.md", "![](pics/q.png)");
  living.folder.write("other.md", "Another.");
  const ran = await living.host.ranIn(async () => {
    await living.meet({ type: "root", which: 0 }, ["page:other.md"]);
    await living.host.build(living.folder);
  });
  expect(ran.filter((id) => id.startsWith("variant:"))).toEqual([]);
  expect([...(await living.host.site()).keys()]).toContain("pics/q.900.webp");
});
