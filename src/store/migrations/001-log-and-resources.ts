import type { Migration } from "./migration.ts";

/**
 * The log and its read model. Ids and paths are hostile: they may be longer than the 2,704 bytes that an index row
 * can hold, so indexes hold their 64-bit hashes and every lookup compares the text as well.
 */
export const logAndResources: Migration = {
  version: 1,
  name: "log and resources",
  statements: [
    `CREATE TABLE project (
      project_id text COLLATE "C" PRIMARY KEY,
      name text NOT NULL,
      created_at double precision NOT NULL,
      opened_at double precision NOT NULL
    )`,
    `CREATE TABLE operation (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      project_id text COLLATE "C" NOT NULL,
      document_id text COLLATE "C" NOT NULL,
      scope text COLLATE "C" NOT NULL,
      branch text COLLATE "C" NOT NULL,
      index integer NOT NULL,
      skip integer NOT NULL,
      type text COLLATE "C" NOT NULL,
      input json NOT NULL,
      hash text COLLATE "C" NOT NULL,
      time double precision NOT NULL
    )`,
    `CREATE UNIQUE INDEX operation_stream
      ON operation (project_id, hashtextextended(document_id, 0), scope, branch, index)`,
    `CREATE INDEX operation_project ON operation (project_id, id)`,
    `CREATE TABLE resource (
      project_id text COLLATE "C" NOT NULL,
      id text COLLATE "C" NOT NULL,
      kind text NOT NULL,
      source text NOT NULL,
      path text COLLATE "C",
      url text,
      content_hash text COLLATE "C",
      size bigint,
      media_type text,
      mtime double precision,
      status text NOT NULL,
      last_rendered_hash text COLLATE "C",
      last_checked double precision,
      expiry_days double precision,
      failure json,
      detail json NOT NULL
    )`,
    `CREATE UNIQUE INDEX resource_id ON resource (project_id, hashtextextended(id, 0))`,
    `CREATE TABLE document_relationship (
      project_id text COLLATE "C" NOT NULL,
      branch text COLLATE "C" NOT NULL,
      source_id text COLLATE "C" NOT NULL,
      target_id text COLLATE "C" NOT NULL,
      type text COLLATE "C" NOT NULL,
      metadata json NOT NULL,
      weight double precision,
      operation_id bigint NOT NULL,
      position integer NOT NULL,
      created_at double precision NOT NULL,
      updated_at double precision NOT NULL
    )`,
    `CREATE UNIQUE INDEX document_relationship_edge ON document_relationship
      (project_id, branch, hashtextextended(source_id, 0), hashtextextended(target_id, 0), type)`,
    `CREATE INDEX document_relationship_target ON document_relationship
      (project_id, branch, hashtextextended(target_id, 0))`,
    `CREATE TABLE indexer_state (
      project_id text COLLATE "C" NOT NULL,
      branch text COLLATE "C" NOT NULL,
      last_operation_id bigint NOT NULL,
      last_operation_time double precision NOT NULL,
      PRIMARY KEY (project_id, branch)
    )`,
  ],
};
