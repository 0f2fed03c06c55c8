import { compareNames } from "../base/byte-order.ts";
import type { ContentHash, ProjectId, SitePath } from "../model/ids.ts";
import type { SiteFile } from "../model/wire.ts";
import type { ArtifactStore, SiteStore, TextCache } from "./contract.ts";
import type { CopiedFile, CopiedFileStore } from "./copied-files.ts";
import { compareRecent, type ProjectRecord, type ProjectStore } from "./projects.ts";
import type { Stores } from "./stores.ts";

/** The stores in memory, for Node and for tests: the same contracts, gone with the process. */
export function createMemoryStores(): Stores {
  return {
    artifacts: memoryArtifacts(),
    site: memorySite(),
    highlighted: memoryTexts(),
    projects: memoryProjects(),
    copiedFiles: memoryCopiedFiles(),
    close: () => {},
  };
}

/** Copies bytes in and out, so that a caller's later writes never reach the store. */
function memoryArtifacts(): ArtifactStore {
  const held = new Map<ContentHash, Uint8Array<ArrayBuffer>>();
  const get = (hash: ContentHash) => held.get(hash)?.slice();
  return {
    putMany: async (artifacts) =>
      artifacts.map(({ hash, type, bytes }) => {
        if (!held.has(hash)) held.set(hash, bytes.slice());
        return { hash, type, size: bytes.byteLength };
      }),
    get: async (hash) => get(hash),
    getMany: async (hashes) => hashes.map(get),
    present: async (hashes) => new Set(hashes.filter((hash) => held.has(hash))),
    list: async () => [...held.keys()].sort(compareNames),
    deleteMany: async (hashes) => hashes.forEach((hash) => held.delete(hash)),
  };
}

function memorySite(): SiteStore {
  const sites = new Map<ProjectId, Map<SitePath, SiteFile>>();
  return {
    change: async (projectId, put, remove) => {
      const site = sites.get(projectId) ?? new Map<SitePath, SiteFile>();
      sites.set(projectId, site);
      for (const path of remove) site.delete(path);
      for (const file of put) site.set(file.path, file);
    },
    find: async (projectId, path) => sites.get(projectId)?.get(path),
    list: async (projectId) => byPath(sites.get(projectId)?.values() ?? []),
    clear: async (projectId) => void sites.delete(projectId),
  };
}

function memoryTexts(): TextCache {
  const texts = new Map<string, string>();
  return {
    getMany: async (keys) => keys.map((key) => texts.get(key)),
    putMany: async (entries) => entries.forEach(([key, text]) => texts.set(key, text)),
  };
}

function memoryProjects(): ProjectStore {
  const records = new Map<ProjectId, ProjectRecord>();
  return {
    list: async () => [...records.values()].sort(compareRecent),
    find: async (projectId) => records.get(projectId),
    put: async (record) => void records.set(record.projectId, record),
    touch: async (projectId, openedAt) => {
      const record = records.get(projectId);
      if (record !== undefined) records.set(projectId, { ...record, openedAt });
    },
    delete: async (projectId) => void records.delete(projectId),
  };
}

function memoryCopiedFiles(): CopiedFileStore {
  const listings = new Map<ProjectId, readonly CopiedFile[]>();
  return {
    replace: async (projectId, files) => void listings.set(projectId, byPath(files)),
    list: async (projectId) => listings.get(projectId) ?? [],
    hashes: async () => new Set([...listings.values()].flat().map((file) => file.hash)),
    clear: async (projectId) => void listings.delete(projectId),
  };
}

function byPath<T extends { readonly path: string }>(files: Iterable<T>): T[] {
  return [...files].sort((a, b) => compareNames(a.path, b.path));
}
