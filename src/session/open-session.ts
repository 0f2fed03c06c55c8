import type { GraphFormat } from "../model/diagnostics.ts";
import type { ProjectId } from "../model/ids.ts";
import type { Problem } from "../model/problem.ts";
import { offerFiles, takeDropped, type Offered } from "../project/dropped.ts";
import { IntakeFault, permissionRefused } from "../project/intake-fault.ts";
import { Library, type KeptProject } from "../project/library.ts";
import { askPermission, readPermission } from "../project/permission.ts";
import { offerSample } from "../project/sample.ts";
import { followUpdates, type AppUpdates } from "./app-updates.ts";
import { ChildWrites } from "./child-writes.ts";
import type { RecentProject, Session } from "./contract.ts";
import { EngineLink } from "./engine-link.ts";
import { downloadFile, exportToFolder, exportAsZip } from "./export-flow.ts";
import { LiveViewSet } from "./live-view.ts";
import { NewestTokens } from "./newest-tokens.ts";
import { faultOf, OpenProjectFlow } from "./open-project-flow.ts";
import { pickProjectFile } from "./project-file-picker.ts";
import { ProjectFiles } from "./project-files.ts";
import { Questions } from "./questions.ts";
import { engineChangedCode, noProject, recentGone } from "./session-faults.ts";
import { SessionStore } from "./session-store.ts";

/** How a session is opened; all of it has a default that a page wants. */
export type SessionOptions = {
  /** `single` runs the engine in the page. Default: `workers`, unless the address says `?threads=off`. */
  readonly threads?: "workers" | "single";
};

/**
 * Opens the page's session: seeks the lead over the engine, reopens the project that this tab had before a reload, and
 * registers the service worker. Resolves as soon as the page can be drawn; the engine starts meanwhile.
 */
export async function openSession(options: SessionOptions = {}): Promise<Session> {
  const session = new PageSession(options.threads ?? threadsOfAddress());
  await session.start();
  return session.api();
}

function threadsOfAddress(): "workers" | "single" {
  const isOff = new URL(location.href).searchParams.get("threads") === "off";
  return isOff || !("Worker" in globalThis) ? "single" : "workers";
}

type ProjectFileCalls = Pick<
  Session,
  "projectSummary" | "exportProject" | "importProject" | "mergeProject" | "chooseFolder" | "cancelTransfer"
>;

type RelationshipCalls = Pick<
  Session,
  "relations" | "findPath" | "addChildren" | "removeChildren" | "writeStatus"
>;

/** Which project this tab shows, so that a reload finds it again. */
const tabKey = "strata.project";

class PageSession {
  readonly #store: SessionStore;
  readonly #views: LiveViewSet;
  readonly #library = new Library();
  readonly #link: EngineLink;
  readonly #questions: Questions;
  readonly #tokens = new NewestTokens();
  readonly #writes: ChildWrites;
  readonly #updates: AppUpdates;
  readonly #files: ProjectFiles;
  #flow: OpenProjectFlow | undefined;
  #isEngineThere = false;
  readonly #engineMet: Promise<void>;
  #announceEngine: () => void = () => {};
  #hasAskedToPersist = false;

  constructor(threads: "workers" | "single") {
    this.#store = new SessionStore(threads);
    this.#views = new LiveViewSet(atNextFrame);
    this.#link = new EngineLink(threads, {
      role: (role) => this.#store.set({ role }),
      engine: () => this.#meetEngine(),
      batch: (batch) => this.#views.apply(batch.deltas),
      gap: () => void this.#refill(),
      fault: (fault) => this.#store.notify(fault),
    });
    const toOpenProject = {
      link: this.#link,
      store: this.#store,
      projectId: () => this.#flow?.project.projectId,
    };
    this.#questions = new Questions(toOpenProject);
    this.#writes = new ChildWrites({ ...toOpenProject, tokens: this.#tokens, wait });
    this.#updates = followUpdates(this.#store);
    this.#engineMet = new Promise((resolve) => (this.#announceEngine = resolve));
    this.#files = new ProjectFiles({
      link: this.#link,
      library: this.#library,
      store: this.#store,
      engineMet: this.#engineMet,
      onCutOff: (projectId) => this.#buildAgain(projectId),
    });
  }

  async start(): Promise<void> {
    const setOnline = () => this.#store.set({ online: navigator.onLine });
    addEventListener("online", setOnline);
    addEventListener("offline", setOnline);
    this.#link.start();
    await this.#guard(() => this.#refreshRecents());
    await this.#guard(() => this.#reopenAfterReload());
    void this.#guard(() => this.#files.forgetUnfinished());
  }

  api(): Session {
    return {
      views: this.#views.views,
      state: () => this.#store.get(),
      subscribe: (listener) => this.#store.subscribe(listener),
      hasFolderPicker: "showDirectoryPicker" in globalThis,
      openFolder: () => this.#guard(() => this.#openPicked()),
      // `takeDropped` must run before anything is awaited.
      openDropped: (transfer) => this.#openOffered(takeDropped(transfer)),
      openFiles: (files) => this.#openOffered(offerFiles(files)),
      openSample: () => this.#openOffered(offerSample()),
      openRecent: (projectId) => this.#guard(() => this.#openRecent(projectId)),
      forget: (projectId) => this.#guard(() => this.#forget(projectId)),
      closeProject: () => this.#guard(() => this.#closeProject()),
      build: (options) => this.#guard(async () => this.#flow?.build(options ?? {})),
      cancel: () => this.#guard(async () => this.#flow?.cancel()),
      inspect: (resourceId) =>
        this.#questions.ask((projectId) => ({ type: "inspect", projectId, resourceId })),
      ...this.#relationshipCalls(),
      diagnostics: () => this.#questions.ask((projectId) => ({ type: "diagnostics", projectId })),
      compareGraph: (signature) =>
        this.#questions.askForPerson((projectId) => ({ type: "compare-graph", projectId, signature })),
      runEvents: async (jobId) =>
        (await this.#questions.ask((projectId) => ({ type: "run-events", projectId, jobId })))?.events,
      history: (query, before) =>
        this.#questions.ask((projectId) => ({ type: "history", projectId, query, before })),
      countHistory: (query, before) =>
        this.#questions.ask((projectId) => ({ type: "count-history", projectId, query, before })),
      exportGraph: (format) => this.#guard(() => this.#exportGraph(format)),
      previewUrl: (sitePath) => this.#previewUrl(sitePath),
      objectUrl: (hash, type) => this.#objectUrl(hash, type),
      exportToFolder: () => this.#guard(() => this.#export(exportToFolder)),
      exportAsZip: () => this.#guard(() => this.#export(exportAsZip)),
      ...this.#projectFileCalls(),
      dismiss: (noticeId) => this.#store.dismiss(noticeId),
      applyUpdate: () => this.#guard(() => this.#updates.apply()),
    };
  }

  #relationshipCalls(): RelationshipCalls {
    return {
      relations: (resourceId, part, token) =>
        this.#questions.ask((projectId) => ({
          type: "relations",
          ...{ projectId, resourceId, part: part ?? null },
          token: token ?? this.#tokens.of(projectId),
        })),
      findPath: (from, to) =>
        this.#questions.askForPerson((projectId) => ({
          type: "find-path",
          ...{ projectId, from, to },
          types: null,
          token: this.#tokens.of(projectId),
        })),
      addChildren: (parentId, childIds) => this.#writes.make({ type: "add-children", parentId, childIds }),
      removeChildren: (parentId, childIds) =>
        this.#writes.make({ type: "remove-children", parentId, childIds }),
      writeStatus: async (jobId) =>
        (await this.#questions.ask((projectId) => ({ type: "write-status", projectId, jobId })))?.job,
    };
  }

  #projectFileCalls(): ProjectFileCalls {
    return {
      projectSummary: () => this.#questions.ask((projectId) => ({ type: "project-summary", projectId })),
      exportProject: (content) => this.#guard(() => this.#exportProject(content)),
      importProject: (file) => this.#guard(() => this.#importProject(file)),
      mergeProject: (file) => this.#guard(() => this.#mergeProject(file)),
      chooseFolder: (files) => this.#guard(() => this.#chooseFolder(files)),
      cancelTransfer: () => this.#files.cancel(),
    };
  }

  /** Trouble becomes a notice; a person who closes a dialog has changed their mind, which is no trouble. */
  async #guard(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#store.set({ intake: null });
      if (!(error instanceof DOMException && error.name === "AbortError")) this.#store.notify(faultOf(error));
    }
  }

  async #openPicked(): Promise<void> {
    const handle = await showDirectoryPicker({ id: "strata-project", mode: "read" });
    await this.#openFolderHandle(handle);
  }

  #openOffered(offered: Promise<Offered>): Promise<void> {
    return this.#guard(async () => {
      const offer = await offered;
      if (offer.type === "folder") return this.#openFolderHandle(offer.handle);
      if (offer.type === "project-file") return this.#importProject(offer.file);
      const { name, folder, problems } = offer;
      const project = await this.#library.recordOfCopy(name);
      const onFound = (found: number) => this.#store.set({ intake: { name, found } });
      onFound(0);
      const found = await this.#library.copy(project.projectId, folder, { onFound });
      await this.#open(project, [...problems, ...found]);
    });
  }

  async #openFolderHandle(handle: FileSystemDirectoryHandle): Promise<void> {
    await this.#open(await this.#library.recordOfFolder(handle));
  }

  async #exportProject(content: "history" | "everything"): Promise<void> {
    const project = this.#flow?.project;
    if (project === undefined) throw new IntakeFault(noProject());
    await this.#files.export(project, content);
  }

  async #importProject(given?: File): Promise<void> {
    const file = given ?? (await pickProjectFile());
    if (file === undefined) return;
    const project = await this.#files.import(file);
    // Whoever has to be asked for a folder first opens it by a click of its own.
    const isHidden = project.handle !== undefined && (await readPermission(project.handle)) !== "granted";
    if (isHidden && this.#flow?.project.projectId !== project.projectId) {
      void this.#link.command({ type: "close-project", projectId: project.projectId });
      return this.#refreshRecents();
    }
    await this.#showMerged(project);
  }

  async #mergeProject(given?: File): Promise<void> {
    const open = this.#flow?.project;
    if (open === undefined) throw new IntakeFault(noProject());
    const file = given ?? (await pickProjectFile());
    if (file !== undefined) await this.#showMerged(await this.#files.import(file, open));
  }

  /** A merge stops the build that runs, so one that came to nothing begins it anew. */
  #buildAgain(projectId: ProjectId): void {
    const flow = this.#flow;
    if (flow?.project.projectId === projectId) void this.#guard(() => flow.build({}));
  }

  /** A project with a folder is built again; one without is opened anew, with the settings that it has now. */
  async #showMerged(project: KeptProject): Promise<void> {
    const isOpen = this.#flow?.project.projectId === project.projectId;
    if (isOpen && project.origin !== "import") await this.#flow?.build({});
    else await this.#open({ ...project, openedAt: Date.now() });
  }

  async #chooseFolder(files?: readonly File[]): Promise<void> {
    const project = this.#flow?.project;
    if (project?.origin !== "import") return;
    // The name stays, since titles of pages depend on it.
    const { projectId, name } = project;
    const found = { projectId, name, openedAt: Date.now() };
    const offer =
      files === undefined
        ? {
            type: "folder" as const,
            handle: await showDirectoryPicker({ id: "strata-project", mode: "read" }),
          }
        : await offerFiles(files);
    if (offer.type === "project-file") return this.#importProject(offer.file);
    if (offer.type === "folder") return this.#open({ ...found, origin: "folder", handle: offer.handle });
    const problems = await this.#library.copy(projectId, offer.folder, {});
    await this.#open({ ...found, origin: "copy" }, [...offer.problems, ...problems]);
  }

  async #openRecent(projectId: ProjectId): Promise<void> {
    const project = await this.#library.find(projectId);
    if (project === undefined) throw new IntakeFault(recentGone());
    if (project.handle && (await readPermission(project.handle)) !== "granted") {
      if ((await askPermission(project.handle, "read")) !== "granted") throw permissionRefused(project.name);
    }
    await this.#open({ ...project, openedAt: Date.now() });
  }

  async #reopenAfterReload(): Promise<void> {
    const projectId = sessionStorage.getItem(tabKey);
    const recent = this.#store.get().recents.find((one) => one.projectId === projectId);
    if (recent !== undefined && !recent.needsPermission) await this.#openRecent(recent.projectId);
  }

  /** Shows the project at once; listing and building go on behind it. */
  async #open(project: KeptProject, copyProblems: readonly Problem[] = []): Promise<void> {
    const { projectId, name, origin } = project;
    await this.#closeProject();
    // Another tab may have deleted it and brought it back since; an engine that opens it has indexed all there is.
    this.#tokens.forget(projectId);
    await this.#library.keep(project);
    sessionStorage.setItem(tabKey, projectId);
    this.#views.show(projectId);
    this.#store.set({ intake: null, project: { projectId, name, origin, watching: false } });
    this.#flow = new OpenProjectFlow(
      {
        link: this.#link,
        library: this.#library,
        store: this.#store,
        applySnapshot: (deltas) => this.#views.apply(deltas),
        onRecorded: (token) => this.#tokens.note(token),
        onBuilt: () => void this.#askToPersist(),
      },
      project,
      copyProblems,
    );
    await this.#refreshRecents();
    if (this.#isEngineThere) void this.#guard(() => this.#flow?.reopen() ?? Promise.resolve());
  }

  async #closeProject(): Promise<void> {
    const flow = this.#flow;
    this.#flow = undefined;
    if (flow === undefined) return;
    flow.end();
    sessionStorage.removeItem(tabKey);
    this.#views.show(null);
    this.#store.set({ project: null, intake: null });
    // Not awaited: the answer changes nothing here, and an engine that is gone has closed it.
    void this.#link.command({ type: "close-project", projectId: flow.project.projectId });
    await this.#refreshRecents();
  }

  async #forget(projectId: ProjectId): Promise<void> {
    if (this.#flow?.project.projectId === projectId) await this.#closeProject();
    const reply = await this.#link.command({ type: "delete-project", projectId });
    if (!reply.ok && reply.fault.code !== engineChangedCode) this.#store.notify(reply.fault);
    await this.#library.forget(projectId);
    this.#tokens.forget(projectId);
    await this.#refreshRecents();
  }

  async #refreshRecents(): Promise<void> {
    const known = await this.#library.list();
    const recents = known.map(({ projectId, name, origin, openedAt, needsPermission }): RecentProject => {
      return { projectId, name, origin, openedAt, needsPermission };
    });
    this.#store.set({ recents });
  }

  #meetEngine(): void {
    this.#isEngineThere = true;
    this.#announceEngine();
    void this.#guard(() => this.#flow?.reopen() ?? Promise.resolve());
  }

  async #refill(): Promise<void> {
    const flow = this.#flow;
    if (flow === undefined) return;
    const reply = await this.#link.command({ type: "snapshot", projectId: flow.project.projectId });
    if (reply.ok) this.#views.apply(reply.value.deltas);
  }

  async #exportGraph(format: GraphFormat): Promise<void> {
    const file = await this.#questions.askForPerson((projectId) => ({
      type: "export-graph",
      projectId,
      format,
    }));
    if (file !== undefined) downloadFile(file.fileName, new Blob([file.text], { type: file.mediaType }));
  }

  #previewUrl(sitePath: string): string | null {
    const projectId = this.#flow?.project.projectId;
    if (projectId === undefined || !navigator.serviceWorker?.controller) return null;
    const path = sitePath.split("/").map(encodeURIComponent).join("/");
    return new URL(`preview/${projectId}/${path}`, document.baseURI).href;
  }

  async #objectUrl(hash: string, type: string): Promise<string | undefined> {
    try {
      const blob = await this.#library.read(hash, type);
      return blob && URL.createObjectURL(blob);
    } catch {
      return undefined;
    }
  }

  async #export(run: typeof exportToFolder): Promise<void> {
    if (this.#flow === undefined) throw new IntakeFault(noProject());
    await run(this.#store, this.#library, this.#flow.project);
  }

  /** Asked once there is something to lose; a browser that refuses keeps what it can. */
  async #askToPersist(): Promise<void> {
    if (this.#hasAskedToPersist) return;
    this.#hasAskedToPersist = true;
    if (navigator.storage && !(await navigator.storage.persisted())) await navigator.storage.persist();
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** A hidden page gets no frames, and its views must stay true too. */
function atNextFrame(callback: () => void): void {
  if (document.visibilityState === "visible") requestAnimationFrame(callback);
  else setTimeout(callback, 100);
}
