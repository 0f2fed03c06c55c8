import Dexie from "dexie";
import { compareNames } from "../base/byte-order.ts";
import type { SiteFile } from "../model/wire.ts";
import type { SiteStore, TextCache } from "./contract.ts";
import type { CopiedFileStore } from "./copied-files.ts";
import { dexieArtifacts } from "./dexie-artifacts.ts";
import { StrataDatabase, type Durability } from "./dexie-database.ts";
import { compareRecent, type ProjectStore } from "./projects.ts";
import { orStorageFault } from "./storage-fault.ts";
import type { Stores } from "./stores.ts";

/** How the browser's stores are opened. */
export type DexieOptions = {
  /** The database's name; tests give each its own. */
  readonly name?: string;
  /**
   * `relaxed` for threads that write outputs, which can be made again; `strict` for the page, whose projects and
   * copied files cannot.
   */
  readonly durability?: Durability;
};

/** The stores of this browser, in IndexedDB. Opens on first use; any number of threads and tabs may hold it. */
export function openDexieStores(options: DexieOptions = {}): Stores {
  const database = new StrataDatabase(options.name ?? "strata", options.durability ?? "relaxed");
  return {
    artifacts: dexieArtifacts(database),
    site: dexieSite(database),
    highlighted: dexieTexts(database),
    projects: dexieProjects(database),
    copiedFiles: dexieCopiedFiles(database),
    close: () => database.close(),
  };
}

function dexieSite(database: StrataDatabase): SiteStore {
  const { site } = database;
  const ofProject = (projectId: string) =>
    site.where("[projectId+path]").between([projectId, Dexie.minKey], [projectId, Dexie.maxKey]);
  return {
    change: (projectId, put, remove) =>
      orStorageFault(
        "change the site",
        database.transaction("rw", site, async () => {
          await site.bulkDelete(remove.map((path): [string, string] => [projectId, path]));
          await site.bulkPut(put.map((file) => ({ ...file, projectId })));
        }),
      ),
    find: async (projectId, path) => {
      const row = await site.get([projectId, path]);
      return row && siteFileOf(row);
    },
    list: async (projectId) => byPath((await ofProject(projectId).toArray()).map(siteFileOf)),
    clear: async (projectId) => void (await ofProject(projectId).delete()),
  };
}

function siteFileOf({ path, hash, size, type }: SiteFile): SiteFile {
  return { path, hash, size, type };
}

function dexieTexts(database: StrataDatabase): TextCache {
  return {
    getMany: async (keys) => (await database.texts.bulkGet([...keys])).map((row) => row?.text),
    putMany: async (entries) =>
      void (await orStorageFault(
        "keep highlighted code",
        database.texts.bulkPut(entries.map(([key, text]) => ({ key, text }))),
      )),
  };
}

function dexieProjects({ projects }: StrataDatabase): ProjectStore {
  return {
    list: async () => (await projects.toArray()).sort(compareRecent),
    find: (projectId) => projects.get(projectId),
    put: async (record) => void (await orStorageFault("keep the project", projects.put(record))),
    touch: async (projectId, openedAt) => void (await projects.update(projectId, { openedAt })),
    delete: (projectId) => projects.delete(projectId),
  };
}

function dexieCopiedFiles({ copiedFiles }: StrataDatabase): CopiedFileStore {
  return {
    replace: async (projectId, files) =>
      void (await orStorageFault(
        "keep the list of files",
        copiedFiles.put({ projectId, files: byPath(files) }),
      )),
    list: async (projectId) => (await copiedFiles.get(projectId))?.files ?? [],
    hashes: async () => {
      const rows = await copiedFiles.toArray();
      return new Set(rows.flatMap((row) => row.files.map((file) => file.hash)));
    },
    clear: (projectId) => copiedFiles.delete(projectId),
  };
}

function byPath<T extends { readonly path: string }>(files: readonly T[]): T[] {
  return [...files].sort((a, b) => compareNames(a.path, b.path));
}
