import type { Fault } from "../base/fault.ts";
import type { ResourceId } from "../model/ids.ts";
import type { CommandOf, CommandType, Replies, RetryScope } from "../model/wire.ts";
import type { Problem } from "../model/problem.ts";
import { changeBetween, type Listing as EngineListing } from "../model/listing.ts";
import type { WorkPlan } from "../model/work-plan.ts";
import type { IntakeEntry } from "../model/source.ts";
import { sourceKindOf } from "../model/resource.ts";
import { FolderSource } from "../project/folder-source.ts";
import type { FolderChange } from "../project/gathered-changes.ts";
import { IntakeFault } from "../project/intake-fault.ts";
import type { Listing } from "../project/intake.ts";
import type { KeptProject, Library } from "../project/library.ts";
import type { WalkOptions } from "../project/walk-folder.ts";
import { watchFolder, type Watch } from "../project/watch-folder.ts";
import type { EngineLink } from "./engine-link.ts";
import { copyGone, emptyFolder, engineChangedCode, noDocuments, unexpected } from "./session-faults.ts";
import type { SessionStore } from "./session-store.ts";

/** What an open project works with. */
export type FlowParts = {
  readonly link: Pick<EngineLink, "command">;
  readonly library: Pick<Library, "listCopy">;
  readonly store: SessionStore;
  /** Called with the whole content of the views, after a snapshot. */
  readonly applySnapshot: (deltas: Replies["snapshot"]["deltas"]) => void;
  /** Called with the place in the log that an intake reached; `null` when it recorded nothing. */
  readonly onRecorded: (token: Replies["intake"]["token"]) => void;
  /** Called once, after the first build: there is something to lose now. */
  readonly onBuilt: () => void;
};

/** What one turn of the flow is to do. */
type Turn = {
  /** What the watch saw since the last listing; `null` means everything. */
  readonly change: FolderChange;
  readonly root: ResourceId | null;
  readonly force: boolean;
  readonly failed: RetryScope | undefined;
};

/** Notices that say how the folder is, and are taken back when it no longer is. */
const folderNotices = ["empty-folder", "no-documents", "folder-gone", "copy-gone", "permission-refused"];
/** A folder that is listed within this many milliseconds may be looked at every few seconds. */
const cheap = 300;

/**
 * One open project: look at the folder, tell the engine, build; and again whenever the folder changed. What is asked
 * for during a turn is gathered into the next. A change of the folder does not wait for the build that runs: the next
 * turn overtakes it, and the engine ends a build whose folder is no longer so. A turn that the engine's end cut off is
 * taken up again by `reopen`.
 */
export class OpenProjectFlow {
  readonly project: KeptProject;
  readonly #parts: FlowParts;
  readonly #source: FolderSource | undefined;
  readonly #copyProblems: readonly Problem[];
  readonly #end = new AbortController();
  #intake = new AbortController();
  #watch: Watch | undefined;
  #next: Turn | undefined;
  /** What the watch told and no listing has looked at, since its turn was cancelled or failed. */
  #unseen: FolderChange = [];
  #running: Promise<void> | undefined;
  /** Lets the next turn begin; there while the engine works on a turn that may be overtaken. */
  #overtake: (() => void) | undefined;
  /** The listing that the engine has, under the name that it gave it. */
  #told: { readonly name: string; readonly entries: EngineListing } | undefined;
  #hasBuilt = false;

  /** `copyProblems` are those that copying found, which a copy's listing no longer tells. */
  constructor(parts: FlowParts, project: KeptProject, copyProblems: readonly Problem[] = []) {
    this.#parts = parts;
    this.project = project;
    this.#copyProblems = copyProblems;
    this.#source = project.handle && new FolderSource(project.handle);
  }

  /** Makes the engine know the project, fills the views, looks at the folder and builds. Also after a new engine. */
  async reopen(): Promise<void> {
    const { projectId, name } = this.project;
    const opened = await this.#command({ type: "open-project", projectId, name });
    if (opened === undefined) return;
    const snapshot = await this.#command({ type: "snapshot", projectId });
    if (snapshot === undefined) return;
    this.#parts.applySnapshot(snapshot.deltas);
    await this.build({});
  }

  /**
   * Looks at the folder again and builds; without a folder it shows what the log has. Resolves when the build that
   * covers this request has ended.
   */
  build({ root = null, force = false, failed }: Partial<Omit<Turn, "change">>): Promise<void> {
    if (this.project.origin === "import") return this.#recall();
    return this.#ask({ change: null, root, force, failed });
  }

  /**
   * Looks at the folder and asks what a build would do; nothing is told to the engine for good. `undefined` when there
   * is no answer, of which a notice tells.
   */
  async plan(options: {
    readonly root?: ResourceId;
    readonly force?: boolean;
  }): Promise<WorkPlan | undefined> {
    await this.#running;
    const { projectId, origin } = this.project;
    const { root = null, force = false } = options;
    try {
      const entries = origin === "import" ? null : (await this.#look()).entries;
      return await this.#command({ type: "plan", projectId, root, force, entries });
    } catch (error) {
      if (!this.#end.signal.aborted) this.#parts.store.notify(faultOf(error));
      return undefined;
    }
  }

  /** The folder as it is, without a word of what is found. */
  #look(): Promise<Listing> {
    return this.#source?.list({ signal: this.#end.signal }) ?? this.#listCopy();
  }

  /** Stops what runs and drops what waits; the files of which the watch told are looked at in the next turn. */
  async cancel(): Promise<void> {
    const dropped = this.#takeNext();
    if (dropped !== undefined) this.#unseen = joinChanges(this.#unseen, dropped.change);
    this.#intake.abort();
    await this.#command({ type: "cancel", projectId: this.project.projectId });
  }

  /** Ends the watch and whatever is under way in this page; the engine is told by the caller. */
  end(): void {
    this.#end.abort();
    this.#intake.abort();
    this.#watch?.stop();
    this.#next = undefined;
  }

  async #recall(): Promise<void> {
    const { projectId, settings } = this.project;
    await this.#command({ type: "recall", projectId, settings: settings ?? null });
  }

  #ask(turn: Turn): Promise<void> {
    if (this.#end.signal.aborted) return Promise.resolve();
    this.#next = this.#next === undefined ? turn : joinTurns(this.#next, turn);
    if (turn.change !== null) this.#overtake?.();
    this.#running ??= this.#run().finally(() => (this.#running = undefined));
    return this.#running;
  }

  async #run(): Promise<void> {
    for (let turn = this.#takeNext(); turn !== undefined; turn = this.#takeNext()) {
      await this.#carryOut(turn);
      this.#overtake = undefined;
      this.#parts.store.set({ intake: null });
    }
  }

  #takeNext(): Turn | undefined {
    const turn = this.#next;
    this.#next = undefined;
    return turn;
  }

  /** Resolves when the turn has ended or is overtaken. */
  async #carryOut(turn: Turn): Promise<void> {
    const intake = new AbortController();
    this.#intake = intake;
    try {
      const listing = await this.#list(turn.change);
      await this.#startWatch();
      this.#parts.store.set({ intake: null });
      if (this.#end.signal.aborted) return;
      await Promise.race([this.#overtaken(turn, intake), this.#takeIn(turn, listing, intake.signal)]);
    } catch (error) {
      if (!intake.signal.aborted) this.#parts.store.notify(faultOf(error));
    }
  }

  /** Resolves when the folder changed since the turn's listing. What only a person asks for is not cut off. */
  #overtaken({ force, failed }: Turn, intake: AbortController): Promise<void> {
    return new Promise((resolve) => {
      const overtake = () => {
        intake.abort();
        resolve();
      };
      if (force || failed !== undefined) return;
      this.#overtake = overtake;
      if (this.#next !== undefined && this.#next.change !== null) overtake();
    });
  }

  async #takeIn(
    { root, force, failed }: Turn,
    { entries, problems }: Listing,
    signal: AbortSignal,
  ): Promise<void> {
    const { projectId } = this.project;
    if (!(await this.#tell(entries, problems)) || signal.aborted) return;
    const build = { type: "build", projectId, root, force, ...(failed && { failed }) } as const;
    if ((await this.#command(build)) === undefined) return;
    if (signal.aborted || this.#hasBuilt || entries.length === 0) return;
    this.#hasBuilt = true;
    this.#parts.onBuilt();
  }

  /** Tells the engine how the folder differs from what it was told last, or all of it. */
  async #tell(entries: readonly IntakeEntry[], problems: readonly Problem[]): Promise<boolean> {
    const { projectId } = this.project;
    const told = this.#told;
    this.#told = undefined;
    const complete = { base: null, entries, removed: [] };
    const change =
      told === undefined ? complete : { base: told.name, ...changeBetween(told.entries, entries) };
    let reply = await this.#command({ type: "intake", projectId, change, problems });
    if (reply !== undefined && reply.listing === null)
      reply = await this.#command({ type: "intake", projectId, change: complete, problems });
    this.#parts.onRecorded(reply?.token ?? null);
    if (reply === undefined || reply.listing === null) return false;
    this.#told = { name: reply.listing, entries: new Map(entries.map((entry) => [entry.path, entry])) };
    return true;
  }

  async #list(change: FolderChange): Promise<Listing> {
    const { store } = this.#parts;
    const { name } = this.project;
    const onFound = (found: number) => store.set({ intake: { name, found } });
    // A few changed files are looked at in no time: nothing to show.
    if (change === null) onFound(0);
    const listing =
      this.#source === undefined
        ? await this.#listCopy()
        : await this.#listFolder(this.#source, change, { onFound, signal: this.#intake.signal });
    store.retract(folderNotices);
    if (listing.entries.length === 0) store.notify(emptyFolder(name));
    else if (!listing.entries.some(({ path }) => sourceKindOf(path) === "document")) {
      store.notify(noDocuments(name));
    }
    return listing;
  }

  async #listFolder(source: FolderSource, change: FolderChange, options: WalkOptions): Promise<Listing> {
    const unseen = joinChanges(this.#unseen, change);
    this.#unseen = [];
    try {
      return await source.listAfter(unseen, options);
    } catch (error) {
      this.#unseen = joinChanges(this.#unseen, unseen);
      throw error;
    }
  }

  async #listCopy(): Promise<Listing> {
    const { entries } = await this.#parts.library.listCopy(this.project.projectId);
    if (entries.length === 0 && this.#copyProblems.length === 0) {
      throw new IntakeFault(copyGone(this.project.name));
    }
    return { entries, problems: this.#copyProblems };
  }

  async #startWatch(): Promise<void> {
    const source = this.#source;
    if (source === undefined || this.#watch !== undefined) return;
    const onChange = (change: FolderChange) => {
      if (source.concerns(change)) void this.#ask({ change, root: null, force: false, failed: undefined });
    };
    const watch = await watchFolder(source.handle, onChange, () => source.listedIn < cheap);
    if (this.#end.signal.aborted) return watch.stop();
    this.#watch = watch;
    const { project } = this.#parts.store.get();
    if (project?.projectId === this.project.projectId) {
      this.#parts.store.set({ project: { ...project, watching: true } });
    }
  }

  /** The value of an answer, or `undefined` when there is none: the fault is shown, or the flow is taken up again. */
  async #command<T extends CommandType>(command: CommandOf<T>): Promise<Replies[T] | undefined> {
    const reply = await this.#parts.link.command<T>(command);
    if (reply.ok) return reply.value;
    const isSilent = this.#end.signal.aborted || reply.fault.code === engineChangedCode;
    if (!isSilent) this.#parts.store.notify(reply.fault);
    return undefined;
  }
}

function joinTurns(a: Turn, b: Turn): Turn {
  return {
    change: joinChanges(a.change, b.change),
    root: a.root === b.root ? a.root : null,
    force: a.force || b.force,
    failed: a.failed === b.failed ? a.failed : "too",
  };
}

function joinChanges(a: FolderChange, b: FolderChange): FolderChange {
  return a === null || b === null ? null : [...new Set([...a, ...b])];
}

/** The fault in whatever was thrown on the way of an intake or from a browser store. */
export function faultOf(error: unknown): Fault {
  if (error instanceof Error && "fault" in error && isFault(error.fault)) return error.fault;
  return unexpected("Reading the project", error);
}

function isFault(value: unknown): value is Fault {
  return typeof value === "object" && value !== null && "code" in value && "remedy" in value;
}
