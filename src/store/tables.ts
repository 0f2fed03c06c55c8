import type { ColumnType, Generated } from "kysely";

/** A `json` column: read as a value, written as the text of `JSON.stringify`. It keeps the order of keys. */
type JsonColumn = ColumnType<unknown, string, string>;

/** Every table of the database, one type a noun. Times are milliseconds since the epoch. */
export type Tables = {
  schema_version: { version: number; name: string };
  project: ProjectTable;
  operation: OperationTable;
  resource: ResourceTable;
  document_relationship: RelationshipTable;
  indexer_state: IndexerStateTable;
  log_clock: { project_id: string; time: number; sequence: number };
  write_job: WriteJobTable;
  job: JobTable;
  job_task: JobTaskTable;
  graph_snapshot: GraphSnapshotTable;
  artifact: ArtifactTable;
  made: MadeTable;
};

type ProjectTable = {
  project_id: string;
  name: string;
  created_at: number;
  opened_at: number;
  /** Whether another copy of the log was merged into this one since the folder was last read. */
  merged: Generated<boolean>;
  /** Of the last build of everything; see `Built`. */
  built: ColumnType<unknown, string | undefined, string>;
};

type OperationTable = {
  id: Generated<number>;
  project_id: string;
  document_id: string;
  scope: string;
  branch: string;
  index: number;
  skip: number;
  type: string;
  input: JsonColumn;
  hash: string;
  time: number;
  action_id: string;
  sequence: number;
  following: number;
};

/** Files of the folder (`source` is `local` or `remote`) and what is made from them (`source` is `derived`). */
type ResourceTable = {
  project_id: string;
  id: string;
  kind: string;
  source: "local" | "remote" | "derived";
  /** Of a file: its path in the folder. Of an output: its place in the site, or `null`. */
  path: string | null;
  url: string | null;
  content_hash: string | null;
  size: number | null;
  media_type: string | null;
  mtime: number | null;
  status: string;
  /** The task key at the last success. */
  last_rendered_hash: string | null;
  last_checked: number | null;
  expiry_days: number | null;
  failure: JsonColumn | null;
  /** What the record holds beyond these columns. */
  detail: JsonColumn;
};

type RelationshipTable = {
  project_id: string;
  branch: string;
  source_id: string;
  target_id: string;
  type: string;
  metadata: JsonColumn;
  weight: number | null;
  /** The operation that added it, and its place in that operation: the order of every list. */
  operation_id: number;
  position: number;
  created_at: number;
  updated_at: number;
};

/** Writes that have ended, by the id under which they were asked for. */
type WriteJobTable = {
  project_id: string;
  number: Generated<number>;
  id: string;
  kind: string;
  /** A token, or the fault for which nothing was written. */
  outcome: JsonColumn;
  settled_at: number;
};

type IndexerStateTable = {
  project_id: string;
  branch: string;
  last_operation_id: number;
  /** Time and sequence of the latest operation among those whose effect is in the rows. */
  last_operation_time: number;
  last_operation_sequence: number;
};

type JobTable = {
  project_id: string;
  job_id: string;
  phase: string;
  started_at: number;
  ended_at: number | null;
  /** The whole `RunRow`. */
  run: JsonColumn;
};

type JobTaskTable = {
  project_id: string;
  job_id: string;
  resource_id: string;
  outcome: string;
  generation: number;
  order: number;
  generation_order: number;
  generation_size: number;
  plan_signature: string;
  worker: number | null;
  started_at: number;
  duration_ms: number;
  bytes: number;
  cause: string;
};

type GraphSnapshotTable = {
  project_id: string;
  signature: string;
  version: number;
  created_at: number;
  nodes: JsonColumn;
  edges: JsonColumn;
  diagnostics: JsonColumn;
};

type ArtifactTable = { hash: string; size: number; media_type: string };

/** What a task key led to: the memory behind "made before, so not made again". */
type MadeTable = {
  project_id: string;
  task_key: string;
  artifact_hash: string | null;
  problems: JsonColumn;
  /** Whether it came in a project file: nobody here has seen that this key gives this. */
  imported: boolean;
};
