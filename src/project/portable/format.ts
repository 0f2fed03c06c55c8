import type { ProjectId } from "../../model/ids.ts";
import type { Settings } from "../../model/settings.ts";

/** What names a project file among all ZIPs. */
export const formatName = "strata-project";
/** Raised when a file of before could no longer be read by its rules. */
export const formatVersion = 1;
export const extension = ".strata.zip";

/** The parts of a project file; each output's bytes are `artifacts/<hash>`. */
export const headerName = "project.json";
export const logName = "log.ndjson";
export const madeName = "made.ndjson";
export const artifactFolder = "artifacts/";

/** What `project.json` says. */
export type ProjectHeader = {
  readonly format: typeof formatName;
  readonly version: number;
  readonly projectId: ProjectId;
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly exportedAt: number;
  /** The version of the app that wrote the file. */
  readonly app: string;
  /** Of `strata.yaml` as it was last read, so that the graph stands before a folder is chosen; `null` when it never was. */
  readonly settings: Settings | null;
  readonly counts: {
    readonly operations: number;
    /** 0 where the finished files were left out. */
    readonly outputs: number;
    readonly artifacts: number;
  };
};

/** Beyond these a project file is refused: it would not fit into the browser, or was made to harm. Bytes unpacked. */
export type ProjectFileLimits = {
  readonly entries: number;
  readonly headerBytes: number;
  /** Of `log.ndjson` and of `made.ndjson`, each. */
  readonly linesBytes: number;
  /** Characters. */
  readonly line: number;
  readonly operations: number;
  /** Operations in one stream, which is merged as a whole. */
  readonly stream: number;
  /** Of one output. */
  readonly artifactBytes: number;
  /** Of all outputs. */
  readonly bytes: number;
  /** Milliseconds that an operation may be ahead of this clock: all that is done later must come after it. */
  readonly ahead: number;
};

export const projectFileLimits: ProjectFileLimits = {
  entries: 200_000,
  headerBytes: 1024 ** 2,
  linesBytes: 2 * 1024 ** 3,
  line: 16 * 1024 ** 2,
  operations: 5_000_000,
  stream: 100_000,
  artifactBytes: 512 * 1024 ** 2,
  bytes: 8 * 1024 ** 3,
  ahead: 24 * 3_600_000,
};

/** How a project file is read. */
export type OpenOptions = {
  readonly limits?: ProjectFileLimits;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Bytes read so far, and how many there will be: every part is read once to check it and at least once more. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
};
