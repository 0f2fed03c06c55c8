import Dexie, { type EntityTable, type Table } from "dexie";
import type { ContentHash, ProjectId } from "../model/ids.ts";
import type { SiteFile } from "../model/wire.ts";
import type { CopiedFile } from "./copied-files.ts";
import type { ProjectRecord } from "./projects.ts";

export type ArtifactRow = { readonly hash: ContentHash; readonly bytes: Uint8Array<ArrayBuffer> };
export type SiteRow = SiteFile & { readonly projectId: ProjectId };
export type TextRow = { readonly key: string; readonly text: string };
export type CopiedFilesRow = { readonly projectId: ProjectId; readonly files: readonly CopiedFile[] };

/**
 * How sure a write is when it resolves. `relaxed`: handed to the operating system, so it survives the death of the
 * tab and of the browser. `strict`: on the disk, so it survives a power cut too, at some milliseconds a write.
 */
export type Durability = "relaxed" | "strict";

/** The one IndexedDB database of the app. A change of its tables is a new `version`, never an edit of an old one. */
export class StrataDatabase extends Dexie {
  declare readonly artifacts: EntityTable<ArtifactRow, "hash">;
  declare readonly site: Table<SiteRow, [string, string]>;
  declare readonly texts: EntityTable<TextRow, "key">;
  declare readonly projects: EntityTable<ProjectRecord, "projectId">;
  declare readonly copiedFiles: EntityTable<CopiedFilesRow, "projectId">;

  constructor(name: string, durability: Durability) {
    super(name, { chromeTransactionDurability: durability });
    this.version(1).stores({
      artifacts: "hash",
      site: "[projectId+path]",
      texts: "key",
      projects: "projectId",
      copiedFiles: "projectId",
    });
  }
}
