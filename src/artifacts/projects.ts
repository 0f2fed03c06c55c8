import type { ProjectId } from "../model/ids.ts";

/** A project of this browser, as the page needs it to open the project again. */
export type ProjectRecord = {
  readonly projectId: ProjectId;
  readonly name: string;
  /** `folder`: a real folder behind `handle`. `copy`: its files are kept as copied files. */
  readonly origin: "folder" | "copy";
  readonly handle?: FileSystemDirectoryHandle;
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
