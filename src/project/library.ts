import { openDexieStores } from "../artifacts/dexie-stores.ts";
import type { ProjectRecord } from "../artifacts/projects.ts";
import type { Stores } from "../artifacts/stores.ts";
import { asContentHash, asProjectId, type ProjectId } from "../model/ids.ts";
import type { Problem } from "../model/problem.ts";
import { copyProject, listCopy } from "./copy-project.ts";
import type { FolderNode } from "./folder-tree.ts";
import type { Listing } from "./intake.ts";
import { readPermission } from "./permission.ts";
import type { WalkOptions } from "./walk-folder.ts";

/** What the browser keeps of a project, for the layers above. */
export type KeptProject = ProjectRecord;

/** A project of an earlier visit, and whether opening it must ask the person first. */
export type KnownProject = ProjectRecord & { readonly needsPermission: boolean };

/** The projects that this browser keeps, for the page. Rejects with a `StorageFault` where the browser fails. */
export class Library {
  readonly stores: Stores;

  constructor(stores: Stores = openDexieStores({ durability: "strict" })) {
    this.stores = stores;
  }

  /** The one opened last first; without those whose first import has not ended. */
  async list(): Promise<readonly KnownProject[]> {
    const records = (await this.stores.projects.list()).filter(({ importing }) => importing !== true);
    return Promise.all(
      records.map(async (record) => ({ ...record, needsPermission: await needsPermission(record) })),
    );
  }

  /** Projects whose first import is under way in some tab, or was killed. */
  async unfinished(): Promise<readonly ProjectRecord[]> {
    return (await this.stores.projects.list()).filter(({ importing }) => importing === true);
  }

  find(projectId: ProjectId): Promise<ProjectRecord | undefined> {
    return this.stores.projects.find(projectId);
  }

  /** The record of a folder: the one it had before, when this browser knows it, else a new one. Not yet kept. */
  async recordOfFolder(handle: FileSystemDirectoryHandle): Promise<ProjectRecord> {
    const fresh = { name: handle.name, origin: "folder" as const, handle, openedAt: Date.now() };
    for (const record of await this.stores.projects.list()) {
      if (record.handle && (await record.handle.isSameEntry(handle))) return { ...record, ...fresh };
    }
    return { projectId: newProjectId(), ...fresh };
  }

  /** The record of a copy. A copy of the same name is the same project: its new files replace the old. */
  async recordOfCopy(name: string): Promise<ProjectRecord> {
    const records = await this.stores.projects.list();
    const known = records.find((record) => record.origin === "copy" && record.name === name);
    return { projectId: known?.projectId ?? newProjectId(), name, origin: "copy", openedAt: Date.now() };
  }

  keep(record: ProjectRecord): Promise<void> {
    return this.stores.projects.put(record);
  }

  copy(projectId: ProjectId, folder: FolderNode, options: WalkOptions): Promise<readonly Problem[]> {
    return copyProject(this.stores, projectId, folder, options);
  }

  listCopy(projectId: ProjectId): Promise<Listing> {
    return listCopy(this.stores, projectId);
  }

  /** Removes what the page keeps of a project; the engine removes what it made. */
  async forget(projectId: ProjectId): Promise<void> {
    await this.stores.projects.delete(projectId);
    await this.stores.copiedFiles.clear(projectId);
    await this.stores.site.clear(projectId);
  }

  /** The bytes of an artifact. */
  async read(hash: string, type: string): Promise<Blob | undefined> {
    const bytes = await this.stores.artifacts.get(asContentHash(hash));
    return bytes && new Blob([bytes], { type });
  }
}

async function needsPermission({ handle }: ProjectRecord): Promise<boolean> {
  return handle !== undefined && (await readPermission(handle)) !== "granted";
}

function newProjectId(): ProjectId {
  return asProjectId(crypto.randomUUID());
}
