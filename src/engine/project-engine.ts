import type { ArtifactTotal } from "../model/artifact.ts";
import { asJobId } from "../model/ids.ts";
import type { ListingChange } from "../model/listing.ts";
import type { ImportedOperation } from "../model/operation.ts";
import type { OutputRecord } from "../model/output.ts";
import type { Problem } from "../model/problem.ts";
import type { Settings } from "../model/settings.ts";
import type { WorkPlan } from "../model/work-plan.ts";
import type { RunPhase, RunRow } from "../model/view-rows.ts";
import type { CommandOf, Replies } from "../model/wire.ts";
import {
  endInterruptedRuns,
  finishRun,
  forgetOldRuns,
  loadBuilt,
  loadRuns,
  startRun,
} from "../store/jobs.ts";
import { adoptResults } from "./adopt-results.ts";
import { buildProject, type Build } from "./build-project.ts";
import { collectProject } from "./collect.ts";
import { CommandFault } from "./command-fault.ts";
import { FolderListing } from "./folder-listing.ts";
import { EarlierBuild, keptSettings } from "./earlier-build.ts";
import { noFolderRead, planCancelled } from "./faults.ts";
import { dryRun } from "./dry-run.ts";
import { createDigest, type Known } from "./key-parts.ts";
import type { EnginePorts } from "./ports.ts";
import { takeChange } from "./prepare.ts";
import { noteMerged, readSettings, reloadMerged, type Derived, type ProjectState } from "./project-state.ts";
import { ProjectViews } from "./project-views.ts";
import { recallProject } from "./recall-project.ts";
import { RunProgress } from "./run-progress.ts";
import { isUnchanged, newRecords, scanFiles } from "./scan-files.ts";
import { filesAfter, keepLeases, takeRemote, type RemoteChange } from "./take-remote.ts";
import { TurnTaking } from "./turn-taking.ts";

/** How many runs are shown and kept. */
const history = 50;

/** Runs from one clearing of the history to the next. */
const clearing = 10;

/** What an intake says of the folder. */
type Intake = { readonly change: ListingChange; readonly problems: readonly Problem[] };

type Counts = Omit<Replies["intake"], "listing">;
const nothing: Counts = { changed: 0, removed: 0, unchanged: 0, token: null };

/** One open project: takes the folder in and builds it, one thing at a time. */
export class ProjectEngine {
  readonly state: ProjectState;
  readonly #ports: EnginePorts;
  readonly #views: ProjectViews;
  readonly #turns = new TurnTaking();
  readonly #digest: Known["digest"];
  /** The run that an intake began and that the next build goes on with. */
  #begun: RunProgress | null = null;
  /** How many runs the database has of the project; of those from earlier visits no more are counted than matter. */
  #kept = 0;
  #isBuilding = false;

  constructor(state: ProjectState, ports: EnginePorts) {
    this.state = state;
    this.#ports = ports;
    this.#views = new ProjectViews(state, ports.views);
    this.#digest = createDigest(ports.hasher);
  }

  /** What there was when the project was opened; shows the runs of earlier visits. */
  async opened(): Promise<Replies["open-project"]> {
    const { projectId, sources, outputs } = this.state;
    if (this.#begun === null) await endInterruptedRuns(this.#ports.store, projectId, this.#ports.clock());
    const runs = await loadRuns(this.#ports.store, projectId, history + clearing);
    if (this.#begun === null) await this.#recallBuild(runs[0]);
    this.#kept = runs.length;
    // The row of a run that goes on is ahead of what is kept of it.
    const upserts = runs.slice(0, history).filter(({ key }) => key !== this.#begun?.row.key);
    this.#ports.views.change(projectId, "run", { upserts });
    return { known: sources.size > 0, resources: sources.size + outputs.size };
  }

  /**
   * Where the newest run built everything, and nothing was said of the folder since, the database has the files that it
   * was made from.
   */
  async #recallBuild(newest: RunRow | undefined): Promise<void> {
    const { state } = this;
    const built = await loadBuilt(this.#ports.store, state.projectId);
    const settings = keptSettings(built?.settings);
    if (settings === null || newest?.key !== built?.run || state.isMerged || state.listing !== null) return;
    state.earlier = new EarlierBuild(state.sources.snapshot(), settings);
  }

  /** The graph of the folder as last read. */
  derived(): Derived {
    if (this.state.derived === null) throw new CommandFault(noFolderRead(this.state.name));
    return this.state.derived;
  }

  /** Stops what runs, or what was read in and waits for its build; tells whether there was something to stop. */
  async cancel(): Promise<boolean> {
    if (this.#turns.abort()) return true;
    if (this.#begun === null) return false;
    await this.#end(this.#begun, "cancelled");
    return true;
  }

  /** Frees what nothing refers to, between two builds: a build may be about to refer to it. */
  collect(): Promise<ArtifactTotal> {
    return this.#turns.take(() => collectProject(this.state.projectId, this.#ports));
  }

  /** Stops what runs and resolves when it has ended. */
  async close(): Promise<void> {
    this.#turns.abort();
    await this.#turns.take(() => Promise.resolve());
    await this.state.log.jobs.idle();
  }

  /**
   * Compares the folder with what is known, reads what changed and takes it into the log. Where something did change,
   * a build that runs is stopped first: it would build what is no longer there, and what it finished is kept. Takes
   * nothing in when it does not know the listing that `change` starts from.
   */
  intake({ change, problems }: Intake): Promise<Replies["intake"]> {
    // A scan that runs is not stopped: what it reads need not be read again.
    if (this.#isBuilding && this.#isNews(change)) this.#turns.abort();
    return this.#turns.take(async (signal) => {
      const { state } = this;
      const listing = FolderListing.after(state.listing, change, { name: this.#ports.newId(), problems });
      if (listing === undefined) return { listing: null, ...nothing };
      state.listing = listing;
      return { listing: listing.name, ...(await this.#takeIn(listing, signal)) };
    });
  }

  #isNews({ base, entries, removed }: ListingChange): boolean {
    const { sources } = this.state;
    if (entries.some((entry) => !isUnchanged(entry, sources.get(entry.path)))) return true;
    if (base !== null) return removed.some((path) => sources.has(path));
    const told = new Set(entries.map(({ path }) => path));
    return [...sources.values()].some(({ path, remote }) => remote === undefined && !told.has(path));
  }

  async #takeIn(listing: FolderListing, signal: AbortSignal): Promise<Counts> {
    if (this.state.isMerged) await reloadMerged(this.state, this.#ports);
    const progress = await this.#begin();
    try {
      return await this.#readChanged(listing, progress, signal);
    } catch (error) {
      await this.#end(progress, signal.aborted ? "cancelled" : "failed");
      if (signal.aborted) return nothing;
      throw error;
    }
  }

  /** Builds what is dirty and resolves with the run's last row; after a cancel, with that of the cancelled run. */
  build(options: Pick<Build, "root" | "force" | "failed">): Promise<RunRow> {
    return this.#turns.take(async (signal) => {
      const { listing } = this.state;
      if (listing === null) throw new CommandFault(noFolderRead(this.state.name));
      // Nothing is built from what another copy of the log says of the folder here, nor from a reading that was cancelled.
      if (this.state.isMerged || this.state.derived === null) await this.#takeIn(listing, signal);
      const derived = this.derived();
      const progress = this.#begun ?? (await this.#begin());
      const { state } = this;
      this.#isBuilding = true;
      try {
        const build = {
          state,
          derived,
          ports: this.#ports,
          views: this.#views,
          progress,
          digest: this.#digest,
        };
        await buildProject({ ...build, ...options }, signal);
      } catch (error) {
        await this.#end(progress, "failed");
        throw error;
      } finally {
        this.#isBuilding = false;
      }
      const isWhole = options.root === null && options.failed !== "only" && !signal.aborted;
      await this.#end(progress, signal.aborted ? "cancelled" : "done", isWhole ? state.settings : null);
      return progress.row;
    });
  }

  /** Tells what a build would do, and changes nothing. */
  plan({ root, force, entries }: Omit<CommandOf<"plan">, "type" | "projectId">): Promise<WorkPlan> {
    return this.#turns.take(async (signal) => {
      const listing = entries && new Map(entries.map((entry) => [entry.path, entry]));
      const tools = { ports: this.#ports, digest: this.#digest };
      try {
        return await dryRun(this.state, { listing, root, force }, tools, signal);
      } catch (error) {
        throw signal.aborted ? new CommandFault(planCancelled(this.state.name)) : error;
      }
    });
  }

  /**
   * Merges whole streams of another copy of the log, all of them or none. A build that runs is stopped: the next one
   * first compares the folder with the merged log.
   */
  load(operations: readonly ImportedOperation[]): Promise<Replies["load"]> {
    if (this.#isBuilding) this.#turns.abort();
    return this.#turns.take(async () => {
      const { state } = this;
      const wasMerged = state.isMerged;
      // Noted before, so that not even a killed tab leaves a merged log that is believed about the folder.
      await noteMerged(state, true, this.#ports);
      const job = await state.log.load(operations);
      if (job.status === "FAILED" || job.appended === 0) await noteMerged(state, wasMerged, this.#ports);
      if (job.status === "FAILED") throw new CommandFault(job.fault);
      return { token: job.consistencyToken, appended: job.appended };
    });
  }

  /** Takes over what was made elsewhere; see the command `adopt-outputs`. */
  adopt(outputs: readonly OutputRecord[], as: CommandOf<"adopt-outputs">["as"]): Promise<void> {
    return this.#turns.take(() => adoptResults(this.state, { outputs, as }, this.#ports));
  }

  /** Shows what the log says of a folder that was not read yet; one that was read is shown by its builds. */
  recall(settings: Settings | null): Promise<void> {
    return this.#turns.take(async () => {
      const { state } = this;
      if (state.listing !== null) return;
      if (state.isMerged) await reloadMerged(state, this.#ports);
      const derived = await recallProject(state, settings, this.#ports);
      this.#views.showGraph(derived, new Map());
      this.#views.showProblems(derived);
    });
  }

  async #readChanged(listing: FolderListing, progress: RunProgress, signal: AbortSignal): Promise<Counts> {
    const { state } = this;
    progress.stages.enter("intake");
    const { changed, removed } = listing.compare(state.sources, state.isMerged);
    progress.stages.enter("scan");
    progress.enter("scanning", changed.length);
    const scanned = (count: number) => progress.pass(count, 0);
    const scannedRecords = await scanFiles(changed, { runner: this.#ports.runner, scanned }, signal);
    progress.stages.enter("fetch");
    const files = filesAfter(state, { changed: scannedRecords, removed });
    const { entries } = listing;
    const read = await readSettings((path) => entries.get(path)?.bytes, this.#ports.bytes.readText);
    const sameSettings = JSON.stringify(read.settings) === JSON.stringify(state.settings);
    // Another setting may let through what was refused.
    if (!sameSettings) state.remote.attempts.clear();
    const project = { settings: read.settings, settingsPath: read.path, files };
    const remote = await takeRemote(state, { ...project, progress }, this.#ports, signal);
    if (remote.changed.length + remote.removed.length > 0) state.replaced.noteUnknown();
    progress.enter("planning", 0);
    progress.stages.enter("append");
    const records = [...newRecords(scannedRecords, state.sources), ...remote.changed];
    const put = new Set(records.map(({ path }) => path));
    const gone = [...removed, ...remote.removed].filter((path) => !put.has(path));
    placeBytes(state.bytes, listing, remote);
    state.settings = read.settings;
    state.intakeProblems = [...listing.problems, ...read.problems, ...remote.problems];
    const isSame = state.derived !== null && !state.isMerged && sameSettings;
    const isNews = !isSame || records.length + gone.length > 0;
    const token = isNews ? await takeChange(state, { changed: records, removed: gone }, this.#ports) : null;
    listing.noteTaken(state.sources);
    await keepLeases(state, remote.renewed, this.#ports);
    progress.stages.leave();
    const unchanged = entries.size - (records.length - remote.changed.length);
    return { changed: records.length, removed: removed.length, unchanged, token };
  }

  async #begin(): Promise<RunProgress> {
    const { views, newId, clock, store } = this.#ports;
    const show = (row: RunRow) => views.change(this.state.projectId, "run", { upserts: [row] });
    if (this.#begun !== null) await this.#end(this.#begun, "cancelled");
    this.#begun = new RunProgress(asJobId(newId()), clock, show);
    await startRun(store, this.state.projectId, this.#begun.row);
    return this.#begun;
  }

  async #end(progress: RunProgress, phase: RunPhase, built: Settings | null = null): Promise<void> {
    progress.enter(phase, progress.row.total);
    this.#begun = null;
    await finishRun(this.#ports.store, this.state.projectId, progress.row, built);
    await this.#forgetOldRuns();
  }

  /** Not after each run: a small rebuild must not pay for it. */
  async #forgetOldRuns(): Promise<void> {
    const { store, views } = this.#ports;
    this.#kept++;
    if (this.#kept < history + clearing) return;
    const removals = await forgetOldRuns(store, this.state.projectId, history);
    views.change(this.state.projectId, "run", { removals });
    this.#kept = history;
  }
}

/** Where the bytes of all files are: of those of the folder, and of what was fetched. */
function placeBytes(bytes: ProjectState["bytes"], listing: FolderListing, remote: RemoteChange): void {
  listing.placeBytes(bytes);
  for (const path of remote.removed) if (!listing.entries.has(path)) bytes.delete(path);
  for (const [path, place] of remote.bytes) bytes.set(path, place);
}
