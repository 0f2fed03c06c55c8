import type { ProjectId } from "../model/ids.ts";
import type { Settings } from "../model/settings.ts";

/** A project of this browser, as the page needs it to open the project again. */
export type ProjectRecord = {
  readonly projectId: ProjectId;
  readonly name: string;
  /**
   * `folder`: a real folder behind `handle`. `copy`: its files are kept as copied files. `import`: it came in a project
   * file, and its folder was not chosen yet.
   */
  readonly origin: "folder" | "copy" | "import";
  readonly handle?: FileSystemDirectoryHandle;
  /** Of an import: what its files were built with. `null` when the project file did not say. */
  readonly settings?: Settings | null;
  /** Set while the first import of the project is under way, so that one which was killed is found and cleared away. */
  readonly importing?: true;
  /** Milliseconds since the epoch. */
  readonly openedAt: number;
};

/** The projects that this browser knows. */
export type ProjectStore = {
  /** The one opened last first; ties by id. */
  list(): Promise<readonly ProjectRecord[]>;
  find(projectId: ProjectId): Promise<ProjectRecord | undefined>;
  /** Adds or replaces. */
  put(record: ProjectRecord): Promise<void>;
  /** Notes when a project was opened; an unknown project is left unknown. */
  touch(projectId: ProjectId, openedAt: number): Promise<void>;
  /** Forgets the record alone; its site and its copied files have stores of their own. */
  delete(projectId: ProjectId): Promise<void>;
};

/** The order of `ProjectStore.list`. */
export function compareRecent(a: ProjectRecord, b: ProjectRecord): number {
  return b.openedAt - a.openedAt || (a.projectId < b.projectId ? -1 : 1);
}
