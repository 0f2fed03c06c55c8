import type { Clock } from "../base/clock.ts";
import type { Fault } from "../base/fault.ts";
import type { Json } from "../base/json.ts";
import type { Hasher } from "../base/xxhash.ts";
import type { ContentHash, ProjectId, SitePath } from "../model/ids.ts";
import type { SourceBytes } from "../model/source.ts";
import type { AskedView, TableName, TableRows } from "../model/view-rows.ts";
import type { PackedDelta, SiteFile } from "../model/wire.ts";
import type { Store } from "../store/open-store.ts";
import type { TaskRunner } from "../tasks/contract.ts";

/** Where finished files go: what the preview and the export read. */
export type SitePort = {
  /** All of the changes or none. */
  change(projectId: ProjectId, put: readonly SiteFile[], remove: readonly SitePath[]): Promise<void>;
  list(projectId: ProjectId): Promise<readonly SiteFile[]>;
  clear(projectId: ProjectId): Promise<void>;
};

/** What the engine may ask of the bytes themselves: whether they are there, and to let them go. */
export type BytesPort = {
  present(hashes: readonly ContentHash[]): Promise<ReadonlySet<ContentHash>>;
  /** All that is stored. */
  list(): Promise<readonly ContentHash[]>;
  /** Frees what no project needs any more, and tells which that was: files kept as a copy stay. */
  release(hashes: readonly ContentHash[]): Promise<readonly ContentHash[]>;
  readText(bytes: SourceBytes): Promise<string>;
};

/** Where rows go on their way to the screen. Cheap: several calls for one key in a frame are one change. */
export type ViewPort = {
  change<T extends TableName>(
    projectId: ProjectId,
    table: T,
    change: { readonly upserts?: readonly TableRows[T][]; readonly removals?: readonly string[] },
  ): void;
  /** The whole content of all views of a project, as resets. */
  snapshot(projectId: ProjectId): readonly PackedDelta[];
  /** Takes up a view that a page asks for; tells why not, if it is refused. `definition` is one of the circuit's. */
  register(projectId: ProjectId, view: AskedView, definition: Json): Fault | null;
  unregister(projectId: ProjectId, view: AskedView): void;
  /** Whether any view looks at the table. */
  isWatched(projectId: ProjectId, table: TableName): boolean;
  /** Forgets all rows of a project. */
  clear(projectId: ProjectId): void;
};

/** The engine's whole outside. */
export type EnginePorts = {
  readonly store: Store;
  readonly runner: TaskRunner;
  readonly site: SitePort;
  readonly bytes: BytesPort;
  readonly views: ViewPort;
  readonly hasher: Hasher;
  readonly clock: Clock;
  /** Whether there may be a network: without one no server is asked. */
  readonly online: () => boolean;
  /** A fresh random UUID for a run. */
  readonly newId: () => string;
};
