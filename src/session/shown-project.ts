import type { ProjectId } from "../model/ids.ts";
import type { Problem } from "../model/problem.ts";
import type { PackedDelta } from "../model/wire.ts";
import { IntakeFault, permissionRefused } from "../project/intake-fault.ts";
import type { KeptProject, Library } from "../project/library.ts";
import { askPermission, readPermission } from "../project/permission.ts";
import type { AskedViews } from "./asked-views.ts";
import type { RecentProject } from "./contract.ts";
import type { EngineLink } from "./engine-link.ts";
import type { LiveViewSet } from "./live-view.ts";
import type { NewestTokens } from "./newest-tokens.ts";
import { OpenProjectFlow } from "./open-project-flow.ts";
import { engineChangedCode, recentGone, viewsUnreadable } from "./session-faults.ts";
import type { SessionStore } from "./session-store.ts";

/** What a tab's project is shown with. */
export type ShownProjectParts = {
  readonly link: EngineLink;
  readonly library: Library;
  readonly store: SessionStore;
  readonly views: LiveViewSet;
  readonly asked: AskedViews;
  readonly tokens: NewestTokens;
  /** Trouble of what goes on behind the call becomes a notice. */
  readonly guard: (work: () => Promise<void>) => Promise<void>;
  /** Called once for each opening by a person, after its first build; not for what a reload opened again. */
  readonly onBuilt: () => void;
};

/** Which project this tab shows, so that a reload finds it again. */
const tabKey = "strata.project";

/** The project that this tab shows, if any, and the list of those that it could show. */
export class ShownProject {
  readonly #parts: ShownProjectParts;
  #flow: OpenProjectFlow | undefined;
  #isEngineThere = false;

  constructor(parts: ShownProjectParts) {
    this.#parts = parts;
  }

  get flow(): OpenProjectFlow | undefined {
    return this.#flow;
  }

  get project(): KeptProject | undefined {
    return this.#flow?.project;
  }

  /** Shows the project at once; listing and building go on behind it. */
  open(project: KeptProject, copyProblems: readonly Problem[] = []): Promise<void> {
    return this.#show(project, copyProblems, this.#parts.onBuilt);
  }

  async #show(project: KeptProject, copyProblems: readonly Problem[], onBuilt: () => void): Promise<void> {
    const { link, library, store, views, asked, tokens } = this.#parts;
    const { projectId, name, origin } = project;
    await this.close();
    // Another tab may have deleted it and brought it back since; an engine that opens it has indexed all there is.
    tokens.forget(projectId);
    await library.keep(project);
    sessionStorage.setItem(tabKey, projectId);
    views.show(projectId);
    store.set({ intake: null, project: { projectId, name, origin, watching: false } });
    this.#flow = new OpenProjectFlow(
      {
        ...{ link, library, store, onBuilt },
        applySnapshot: (deltas) => {
          this.#fill(deltas);
          asked.meet(projectId);
        },
        onRecorded: (token) => tokens.note(token),
      },
      project,
      copyProblems,
    );
    await this.refreshRecents();
    if (this.#isEngineThere) void this.#reopen();
  }

  /** Throws `IntakeFault` for a project that is gone or a folder that may not be read. */
  async openRecent(projectId: ProjectId): Promise<void> {
    await this.open(await this.#find(projectId));
  }

  async #find(projectId: ProjectId): Promise<KeptProject> {
    const project = await this.#parts.library.find(projectId);
    if (project === undefined) throw new IntakeFault(recentGone());
    if (project.handle && (await readPermission(project.handle)) !== "granted") {
      if ((await askPermission(project.handle, "read")) !== "granted") throw permissionRefused(project.name);
    }
    return { ...project, openedAt: Date.now() };
  }

  /** What this tab showed before a reload, unless its person has to be asked first. */
  async reopenAfterReload(): Promise<void> {
    const projectId = sessionStorage.getItem(tabKey);
    const recent = this.#parts.store.get().recents.find((one) => one.projectId === projectId);
    if (recent !== undefined && !recent.needsPermission)
      await this.#show(await this.#find(recent.projectId), [], () => undefined);
  }

  async close(): Promise<void> {
    const { link, store, views, asked } = this.#parts;
    const flow = this.#flow;
    this.#flow = undefined;
    if (flow === undefined) return;
    flow.end();
    sessionStorage.removeItem(tabKey);
    views.show(null);
    asked.forget();
    store.set({ project: null, intake: null });
    // Not awaited: the answer changes nothing here, and an engine that is gone has closed it.
    void link.command({ type: "close-project", projectId: flow.project.projectId });
    await this.refreshRecents();
  }

  /** Deletes a project and all that is kept of it. */
  async forget(projectId: ProjectId): Promise<void> {
    const { link, library, store, tokens } = this.#parts;
    if (this.project?.projectId === projectId) await this.close();
    const reply = await link.command({ type: "delete-project", projectId });
    if (!reply.ok && reply.fault.code !== engineChangedCode) store.notify(reply.fault);
    await library.forget(projectId);
    tokens.forget(projectId);
    await this.refreshRecents();
  }

  async refreshRecents(): Promise<void> {
    const known = await this.#parts.library.list();
    const recents = known.map(({ projectId, name, origin, openedAt, needsPermission }): RecentProject => {
      return { projectId, name, origin, openedAt, needsPermission };
    });
    this.#parts.store.set({ recents });
  }

  /** A new engine knows of no project that is open. */
  meetEngine(): void {
    this.#isEngineThere = true;
    void this.#reopen();
  }

  /** Fills the views anew, after deltas were missed. */
  async refill(): Promise<void> {
    if (this.project === undefined) return;
    const { projectId } = this.project;
    const reply = await this.#parts.link.command({ type: "snapshot", projectId });
    if (reply.ok) this.#fill(reply.value.deltas);
  }

  #fill(deltas: readonly PackedDelta[]): void {
    if (!this.#parts.views.apply(deltas)) this.#parts.store.notify(viewsUnreadable);
  }

  #reopen(): Promise<void> {
    return this.#parts.guard(async () => this.#flow?.reopen());
  }
}
