import { asJobId, asProjectId } from "../../model/ids.ts";
import type { OutputRecord, TaskEvent } from "../../model/output.ts";
import { loadRuns, loadTaskEvents } from "../../store/jobs.ts";
import { loadOutputs } from "../../store/resources.ts";
import type { TaskRunner } from "../../tasks/contract.ts";
import { resourcesOf } from "../../tasks/job-resources.ts";
import { createLocalRunner } from "../local-runner.ts";
import { Life, mortalDisk } from "./mortal.ts";
import { withStubPictures } from "./stub-pictures.ts";
import { TestFolder } from "./test-folder.ts";
import { openTestHostOn, type TestDisk, type TestHost } from "./test-host.ts";

const projectId = "00000000-0000-4000-8000-000000000001";

/** What comes between an edit and the build of everything. */
export type Trouble =
  | { readonly type: "none" }
  /** The host is killed before its call `at` of the disk, or its run is cancelled then. */
  | { readonly type: "kill" | "cancel"; readonly at: number }
  /** Only what one target needs is built. */
  | { readonly type: "root"; readonly which: number }
  /** Tasks of some kinds crash, which trying again mends. */
  | { readonly type: "crash"; readonly kinds: readonly string[] };

/** A project on one disk, built by one host after the other. */
export class LivingProject {
  readonly disk: TestDisk;
  readonly folder = new TestFolder();
  #life = new Life();
  host!: TestHost;
  crashing: readonly string[] = [];
  readonly #told = new Set<string>();

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

  /** What is kept of the tasks of the runs since the last call. */
  async newEvents(): Promise<readonly TaskEvent[]> {
    const id = asProjectId(projectId);
    const runs = (await loadRuns(this.disk.store, id, 100)).filter(({ key }) => !this.#told.has(key));
    for (const { key } of runs) this.#told.add(key);
    const events = runs.map(({ key }) => loadTaskEvents(this.disk.store, id, asJobId(key)));
    return (await Promise.all(events)).flat();
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
