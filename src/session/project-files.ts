import { filePathOf } from "../model/resource.ts";
import { asResourceId, type ProjectId } from "../model/ids.ts";
import { IntakeFault } from "../project/intake-fault.ts";
import type { KeptProject, Library } from "../project/library.ts";
import { openProjectFile, type ProjectFile } from "../project/portable/open-project-file.ts";
import { extension } from "../project/portable/format.ts";
import type { SessionState } from "./contract.ts";
import type { EngineLink } from "./engine-link.ts";
import { fileNameFor, pickZip, writePicked } from "./export-flow.ts";
import {
  ask,
  mergeProjectFile,
  stepsOf,
  writeProject,
  type Merged,
  type ProjectExport,
  type TransferParts,
} from "./project-transfer.ts";
import { historiesRefused, importUnderWay, projectExported, projectImported } from "./session-faults.ts";
import type { SessionStore } from "./session-store.ts";

export type ProjectFilesParts = {
  readonly link: Pick<EngineLink, "command">;
  readonly library: Library;
  readonly store: SessionStore;
  /** Resolves when there is an engine: a page can be used some seconds before. */
  readonly engineMet: Promise<void>;
  /** Called when an import into a project that there was before came to nothing: it may have stopped a build. */
  readonly onCutOff: (projectId: ProjectId) => void;
};

/** Whole projects on their way into files and out of them, one at a time; each can be stopped. */
export class ProjectFiles {
  readonly #parts: ProjectFilesParts;
  #running: AbortController | undefined;
  /** Resolves when the last transfer has ended, with whatever it had to clear away. */
  #ended: Promise<void> = Promise.resolve();

  constructor(parts: ProjectFilesParts) {
    this.#parts = parts;
  }

  cancel(): void {
    this.#running?.abort();
  }

  /** Asks where to, and writes there. Call from a click. */
  async export({ projectId, name, settings }: KeptProject, content: ProjectExport["content"]): Promise<void> {
    const fileName = fileNameFor(name, extension);
    // Asked before anything else is awaited: the picker opens only from a click that is still fresh.
    const handle = await pickZip(fileName);
    await this.#transfer({ direction: "export", name }, async (parts, show) => {
      const known = await ask(parts, { type: "project-summary", projectId });
      const summary = { ...known, settings: known.settings ?? settings ?? null };
      const total = stepsOf(summary, content);
      const job = { projectId, name, summary, content, now: Date.now() };
      const onProgress = (done: number) => show(done, total);
      await writePicked(handle, fileName, async (sink) => {
        const counts = await writeProject(sink, { ...job, onProgress }, parts);
        this.#parts.store.notify(projectExported(name, handle?.name ?? fileName, counts));
      });
    });
  }

  /**
   * Merges a file into `into`, or else into its own project, or else makes a project of it. Gives the project as it is
   * to be opened now. A new project is forgotten again when that fails. Throws an `IntakeFault` where another tab imports
   * into the same project.
   */
  async import(file: File, into?: KeptProject): Promise<KeptProject> {
    return this.#transfer({ direction: "import", name: file.name }, async (parts, onProgress) => {
      const { signal } = parts;
      const opened = await openProjectFile(file, file.name, { now: Date.now(), onProgress, signal });
      const { projectId, name } = into ?? opened.header;
      const imported = await withImportLock(projectId, async () =>
        this.#merge(opened, into ?? (await this.#find(opened)), parts),
      );
      if (imported === undefined) throw new IntakeFault(importUnderWay(name));
      return imported;
    });
  }

  /** Clears away what first imports left that were killed with their tabs. */
  async forgetUnfinished(): Promise<void> {
    const { library, engineMet } = this.#parts;
    await engineMet;
    for (const { projectId } of await library.unfinished()) {
      await withImportLock(projectId, () => this.#forgetUnfinished(projectId));
    }
  }

  /** Asks again before it forgets: the project may have come to its end by now. */
  async #forgetUnfinished(projectId: ProjectId): Promise<void> {
    const { library, link } = this.#parts;
    const record = await library.find(projectId);
    if (record?.importing !== true) return;
    const reply = await link.command<"delete-project">({ type: "delete-project", projectId });
    // The record stays where the engine could not answer, so that the next start finds it.
    if (reply.ok) await library.forget(projectId);
  }

  /** The project of the file, when this browser has it whole. */
  async #find({ header }: ProjectFile): Promise<KeptProject | undefined> {
    const known = await this.#parts.library.find(header.projectId);
    return known?.importing === true ? undefined : known;
  }

  async #merge(
    file: ProjectFile,
    known: KeptProject | undefined,
    parts: TransferParts,
  ): Promise<KeptProject> {
    const { library, onCutOff } = this.#parts;
    const project = known ?? newProject(file);
    const { projectId, name, origin } = project;
    try {
      // Before the engine has anything of it: a tab that is killed must leave a trace of what there is to clear away.
      if (known === undefined) await library.keep({ ...project, importing: true });
      await ask(parts, { type: "open-project", projectId, name });
      const as = origin === "import" ? "outputs" : "memory";
      const merged = await mergeProjectFile(file, { projectId, as }, parts);
      const kept = withSettings(project, file);
      await library.keep(kept);
      this.#tell(project, merged);
      return kept;
    } catch (error) {
      // What cannot be cleared away now is at the next start.
      if (known === undefined) await this.#forgetUnfinished(projectId).catch(() => undefined);
      else onCutOff(projectId);
      throw error;
    }
  }

  #tell({ name, origin }: KeptProject, { appended, refused }: Merged): void {
    const { store } = this.#parts;
    const next =
      origin === "import"
        ? "Choose its folder to go on building."
        : "What differs from its folder follows the folder at the next build.";
    store.notify(projectImported(name, appended, next));
    if (refused.size > 0) {
      const named = [...refused].map(([id, fault]) => [documentName(id), fault] as const);
      store.notify(historiesRefused(name, new Map(named)));
    }
  }

  async #transfer<T>(
    { direction, name }: Pick<NonNullable<SessionState["transfer"]>, "direction" | "name">,
    work: (parts: TransferParts, show: (done: number, total: number) => void) => Promise<T>,
  ): Promise<T> {
    const { store, link, library, engineMet } = this.#parts;
    this.cancel();
    const running = new AbortController();
    this.#running = running;
    const previous = this.#ended;
    let end = () => {};
    this.#ended = new Promise((resolve) => (end = resolve));
    let shown = 0;
    const show = (done: number, total: number) => {
      if (performance.now() - shown < 50 && done < total) return;
      shown = performance.now();
      if (!running.signal.aborted) store.set({ transfer: { direction, name, done, total } });
    };
    show(0, 1);
    try {
      await Promise.all([engineMet, previous]);
      return await work({ link, artifacts: library.stores.artifacts, signal: running.signal }, show);
    } finally {
      end();
      if (this.#running === running) store.set({ transfer: null });
    }
  }
}

/** Carries `work` out unless another tab imports into the project: then it gives `undefined`. */
async function withImportLock<T>(projectId: ProjectId, work: () => Promise<T>): Promise<T | undefined> {
  return navigator.locks.request(`strata-import ${projectId}`, { ifAvailable: true }, async (lock) =>
    lock === null ? undefined : work(),
  );
}

function newProject({ header }: ProjectFile): KeptProject {
  const { projectId, name, settings } = header;
  return { projectId, name, origin: "import", settings, openedAt: Date.now() };
}

/** A later export of the same project knows its settings better. */
function withSettings(project: KeptProject, { header }: ProjectFile): KeptProject {
  const isOwn = project.origin === "import" && header.projectId === project.projectId;
  return isOwn && header.settings !== null ? { ...project, settings: header.settings } : project;
}

function documentName(documentId: string): string {
  return filePathOf(asResourceId(documentId)) ?? documentId;
}
