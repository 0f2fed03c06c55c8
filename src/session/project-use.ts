import type { ProjectId } from "../model/ids.ts";
import type { AskedView } from "../model/view-rows.ts";

type Tabs = Set<string>;
type LookedAt = { readonly projectId: ProjectId; readonly view: AskedView };

/** Which tabs have a project open, and which look at a view of it. */
export class ProjectUse {
  readonly #projects = new Map<ProjectId, { readonly tabs: Tabs; readonly views: Map<AskedView, Tabs> }>();

  open(projectId: ProjectId, tabId: string): void {
    this.#of(projectId).tabs.add(tabId);
  }

  /** Whether no other tab has it open. */
  close(projectId: ProjectId, tabId: string): boolean {
    const project = this.#projects.get(projectId);
    project?.tabs.delete(tabId);
    for (const tabs of project?.views.values() ?? []) tabs.delete(tabId);
    const isLast = project === undefined || project.tabs.size === 0;
    if (isLast) this.#projects.delete(projectId);
    return isLast;
  }

  openView(projectId: ProjectId, view: AskedView, tabId: string): void {
    const { views } = this.#of(projectId);
    views.set(view, (views.get(view) ?? new Set<string>()).add(tabId));
  }

  /** Whether no other tab looks at it. */
  closeView(projectId: ProjectId, view: AskedView, tabId: string): boolean {
    const views = this.#projects.get(projectId)?.views;
    const tabs = views?.get(view);
    tabs?.delete(tabId);
    const isLast = tabs === undefined || tabs.size === 0;
    if (isLast) views?.delete(view);
    return isLast;
  }

  /**
   * Counts out a tab that ended without a word. Gives the views that it alone looked at. A project that it alone had open
   * stays so in the engine, and goes on being built: the tab may come back by a reload.
   */
  end(tabId: string): readonly LookedAt[] {
    const left: LookedAt[] = [];
    for (const [projectId, { tabs, views }] of this.#projects) {
      for (const [view, lookers] of views) {
        if (!lookers.delete(tabId) || lookers.size > 0) continue;
        views.delete(view);
        left.push({ projectId, view });
      }
      tabs.delete(tabId);
      if (tabs.size === 0 && views.size === 0) this.#projects.delete(projectId);
    }
    return left;
  }

  #of(projectId: ProjectId) {
    const known = this.#projects.get(projectId);
    if (known !== undefined) return known;
    const project = { tabs: new Set<string>(), views: new Map<AskedView, Tabs>() };
    this.#projects.set(projectId, project);
    return project;
  }
}
