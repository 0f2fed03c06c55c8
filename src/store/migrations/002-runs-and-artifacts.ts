import type { Migration } from "./migration.ts";

/** What builds leave behind: their history, the shapes of the graph, and what has been made from what. */
export const runsAndArtifacts: Migration = {
  version: 2,
  name: "runs and artifacts",
  statements: [
    `CREATE TABLE job (
      project_id text COLLATE "C" NOT NULL,
      job_id text COLLATE "C" NOT NULL,
      phase text NOT NULL,
      started_at double precision NOT NULL,
      ended_at double precision,
      run json NOT NULL,
      PRIMARY KEY (project_id, job_id)
    )`,
    `CREATE TABLE job_task (
      project_id text COLLATE "C" NOT NULL,
      job_id text COLLATE "C" NOT NULL,
      resource_id text COLLATE "C" NOT NULL,
      outcome text NOT NULL,
      generation integer NOT NULL,
      "order" integer NOT NULL,
      worker integer,
      started_at double precision NOT NULL,
      duration_ms double precision NOT NULL,
      bytes bigint NOT NULL,
      cause text NOT NULL
    )`,
    `CREATE UNIQUE INDEX job_task_resource
      ON job_task (project_id, job_id, hashtextextended(resource_id, 0))`,
    `CREATE TABLE graph_snapshot (
      project_id text COLLATE "C" NOT NULL,
      signature text COLLATE "C" NOT NULL,
      version integer NOT NULL,
      created_at double precision NOT NULL,
      nodes json NOT NULL,
      edges json NOT NULL,
      diagnostics json NOT NULL,
      PRIMARY KEY (project_id, signature),
      UNIQUE (project_id, version)
    )`,
    `CREATE TABLE artifact (
      hash text COLLATE "C" PRIMARY KEY,
      size bigint NOT NULL,
      media_type text NOT NULL
    )`,
    `CREATE TABLE made (
      project_id text COLLATE "C" NOT NULL,
      task_key text COLLATE "C" NOT NULL,
      artifact_hash text COLLATE "C",
      problems json NOT NULL,
      PRIMARY KEY (project_id, task_key)
    )`,
    `CREATE INDEX made_task_key ON made (task_key)`,
  ],
};
