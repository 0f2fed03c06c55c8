import type { ArtifactStore, SiteStore, TextCache } from "./contract.ts";
import type { CopiedFileStore } from "./copied-files.ts";
import type { ProjectStore } from "./projects.ts";

/** Everything that one browser keeps outside the database. */
export type Stores = {
  readonly artifacts: ArtifactStore;
  readonly site: SiteStore;
  readonly highlighted: TextCache;
  readonly projects: ProjectStore;
  readonly copiedFiles: CopiedFileStore;
  /** Ends the connection; what was stored stays. */
  close(): void;
};
