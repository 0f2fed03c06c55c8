import type { ProjectId } from "../model/ids.ts";
import { offerFiles, takeDropped, type Offered } from "../project/dropped.ts";
import { IntakeFault } from "../project/intake-fault.ts";
import { Library, type KeptProject } from "../project/library.ts";
import { readPermission } from "../project/permission.ts";
import { offerSample } from "../project/sample.ts";
import { followUpdates, type AppUpdates } from "./app-updates.ts";
import { AskedViews } from "./asked-views.ts";
import { browserStorage, keepStorage } from "./browser-storage.ts";
import { ChildWrites } from "./child-writes.ts";
import type { Session } from "./contract.ts";
import { EngineLink } from "./engine-link.ts";
import { downloadFile, exportToFolder, exportAsZip } from "./export-flow.ts";
import { LiveViewSet } from "./live-view.ts";
import { NewestTokens } from "./newest-tokens.ts";
import { faultOf } from "./open-project-flow.ts";
import { pickProjectFile } from "./project-file-picker.ts";
import { ProjectFiles } from "./project-files.ts";
import { Questions, type Question } from "./questions.ts";
import { noProject } from "./session-faults.ts";
import { SessionStore } from "./session-store.ts";
import { ShownProject } from "./shown-project.ts";

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

class PageSession {
  readonly #store: SessionStore;
  readonly #views: LiveViewSet;
  readonly #asked: AskedViews;
  readonly #library = new Library();
  readonly #link: EngineLink;
  readonly #questions: Questions;
  readonly #tokens = new NewestTokens();
  readonly #writes: ChildWrites;
  readonly #updates: AppUpdates;
  readonly #files: ProjectFiles;
  readonly #shown: ShownProject;
  readonly #engineMet: Promise<void>;
  #announceEngine: () => void = () => {};
  #hasAskedToPersist = false;

  constructor(threads: "workers" | "single") {
    this.#store = new SessionStore(threads);
    this.#asked = new AskedViews({
      schedule: atNextFrame,
      command: (command) => this.#link.command(command),
      notify: (fault) => this.#store.notify(fault),
    });
    this.#views = new LiveViewSet(atNextFrame, (delta) => this.#asked.apply(delta));
    this.#link = new EngineLink(threads, {
      role: (role) => this.#store.set({ role }),
      engine: () => {
        this.#announceEngine();
        this.#shown.meetEngine();
      },
      batch: (batch) => {
        if (!this.#views.apply(batch.deltas)) void this.#shown.refill();
      },
      gap: () => void this.#shown.refill(),
      fault: (fault) => this.#store.notify(fault),
    });
    this.#shown = new ShownProject({
      ...{ link: this.#link, library: this.#library, store: this.#store },
      ...{ views: this.#views, asked: this.#asked, tokens: this.#tokens },
      guard: (work) => this.#guard(work),
      onBuilt: () => void this.#askToPersist(),
    });
    const toOpenProject = {
      link: this.#link,
      store: this.#store,
      projectId: () => this.#shown.project?.projectId,
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
    await this.#guard(() => this.#shown.refreshRecents());
    await this.#guard(() => this.#shown.reopenAfterReload());
    void this.#guard(() => this.#files.forgetUnfinished());
  }

  api(): Session {
    return {
      views: this.#views.views,
      view: (label, query, options) => this.#asked.view(label, query, options),
      state: () => this.#store.get(),
      subscribe: (listener) => this.#store.subscribe(listener),
      hasFolderPicker: "showDirectoryPicker" in globalThis,
      openFolder: () => this.#guard(() => this.#openPicked()),
      // `takeDropped` must run before anything is awaited.
      openDropped: (transfer) => this.#openOffered(takeDropped(transfer)),
      openFiles: (files) => this.#openOffered(offerFiles(files)),
      openSample: () => this.#openOffered(offerSample()),
      openRecent: (projectId) => this.#guard(() => this.#shown.openRecent(projectId)),
      forget: (projectId) => this.#guard(() => this.#shown.forget(projectId)),
      closeProject: () => this.#guard(() => this.#shown.close()),
      build: (options) => this.#guard(async () => this.#shown.flow?.build(options ?? {})),
      plan: async (options) => this.#shown.flow?.plan(options ?? {}),
      cancel: () => this.#guard(async () => this.#shown.flow?.cancel()),
      inspect: (resourceId) =>
        this.#questions.ask((projectId) => ({ type: "inspect", projectId, resourceId })),
      ...this.#relationshipCalls(),
      diagnostics: () => this.#questions.ask((projectId) => ({ type: "diagnostics", projectId })),
      compareGraph: (signature) =>
        this.#questions.askForPerson((projectId) => ({ type: "compare-graph", projectId, signature })),
      runTasks: (jobId) => this.#questions.ask((projectId) => ({ type: "run-events", projectId, jobId })),
      saveTrace: (jobId) =>
        this.#guard(() => this.#save((projectId) => ({ type: "run-trace", projectId, jobId }))),
      history: (query, before) =>
        this.#questions.ask((projectId) => ({ type: "history", projectId, query, before })),
      countHistory: (query, before) =>
        this.#questions.ask((projectId) => ({ type: "count-history", projectId, query, before })),
      exportGraph: (format) =>
        this.#guard(() => this.#save((projectId) => ({ type: "export-graph", projectId, format }))),
      previewUrl: (sitePath) => this.#previewUrl(sitePath),
      objectUrl: (hash, type) => this.#objectUrl(hash, type),
      exportToFolder: () => this.#guard(() => this.#export(exportToFolder)),
      exportAsZip: () => this.#guard(() => this.#export(exportAsZip)),
      ...this.#projectFileCalls(),
      storage: browserStorage,
      keepStorage,
      collect: () => this.#questions.askForPerson((projectId) => ({ type: "collect", projectId })),
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
      await this.#shown.open(project, [...problems, ...found]);
    });
  }

  async #openFolderHandle(handle: FileSystemDirectoryHandle): Promise<void> {
    await this.#shown.open(await this.#library.recordOfFolder(handle));
  }

  async #exportProject(content: "history" | "everything"): Promise<void> {
    const project = this.#shown.project;
    if (project === undefined) throw new IntakeFault(noProject());
    await this.#files.export(project, content);
  }

  async #importProject(given?: File): Promise<void> {
    const file = given ?? (await pickProjectFile());
    if (file === undefined) return;
    const project = await this.#files.import(file);
    // Whoever has to be asked for a folder first opens it by a click of its own.
    const isHidden = project.handle !== undefined && (await readPermission(project.handle)) !== "granted";
    if (isHidden && this.#shown.project?.projectId !== project.projectId) {
      void this.#link.command({ type: "close-project", projectId: project.projectId });
      return this.#shown.refreshRecents();
    }
    await this.#showMerged(project);
  }

  async #mergeProject(given?: File): Promise<void> {
    const open = this.#shown.project;
    if (open === undefined) throw new IntakeFault(noProject());
    const file = given ?? (await pickProjectFile());
    if (file !== undefined) await this.#showMerged(await this.#files.import(file, open));
  }

  /** A merge stops the build that runs, so one that came to nothing begins it anew. */
  #buildAgain(projectId: ProjectId): void {
    const flow = this.#shown.flow;
    if (flow?.project.projectId === projectId) void this.#guard(() => flow.build({}));
  }

  /** A project with a folder is built again; one without is opened anew, with the settings that it has now. */
  async #showMerged(project: KeptProject): Promise<void> {
    const isOpen = this.#shown.project?.projectId === project.projectId;
    if (isOpen && project.origin !== "import") await this.#shown.flow?.build({});
    else await this.#shown.open({ ...project, openedAt: Date.now() });
  }

  async #chooseFolder(files?: readonly File[]): Promise<void> {
    const project = this.#shown.project;
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
    if (offer.type === "folder")
      return this.#shown.open({ ...found, origin: "folder", handle: offer.handle });
    const problems = await this.#library.copy(projectId, offer.folder, {});
    await this.#shown.open({ ...found, origin: "copy" }, [...offer.problems, ...problems]);
  }

  /** Saves what the engine wrote as a file. */
  async #save(question: Question<"export-graph" | "run-trace">): Promise<void> {
    const file = await this.#questions.askForPerson(question);
    if (file !== undefined) downloadFile(file.fileName, new Blob([file.text], { type: file.mediaType }));
  }

  #previewUrl(sitePath: string): string | null {
    const projectId = this.#shown.project?.projectId;
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
    if (this.#shown.project === undefined) throw new IntakeFault(noProject());
    await run(this.#store, this.#library, this.#shown.project);
  }

  /** Asked once there is something to lose; a browser that refuses keeps what it can. */
  async #askToPersist(): Promise<void> {
    if (this.#hasAskedToPersist) return;
    this.#hasAskedToPersist = true;
    await keepStorage();
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
