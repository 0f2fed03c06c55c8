import type { Migration } from "./migration.ts";

/**
 * What copies of a log that go separate ways need to come together again: names of actions that mean the same
 * everywhere, and an order that does not depend on the copy. What was written before is ordered as it was written.
 */
export const copiesOfTheLog: Migration = {
  version: 4,
  name: "copies of the log",
  statements: [
    `ALTER TABLE operation ADD COLUMN action_id uuid NOT NULL DEFAULT gen_random_uuid()`,
    `ALTER TABLE operation ALTER COLUMN action_id DROP DEFAULT`,
    `ALTER TABLE operation ADD COLUMN sequence integer NOT NULL DEFAULT 0`,
    `UPDATE operation SET sequence = id`,
    `ALTER TABLE operation ALTER COLUMN sequence DROP DEFAULT`,
    `ALTER TABLE operation ADD COLUMN following integer NOT NULL DEFAULT 0`,
    `CREATE TABLE log_clock (
      project_id text COLLATE "C" PRIMARY KEY,
      time double precision NOT NULL,
      sequence integer NOT NULL
    )`,
    `INSERT INTO log_clock SELECT DISTINCT ON (project_id) project_id, time, sequence FROM operation
      ORDER BY project_id, time DESC, sequence DESC`,
    `ALTER TABLE indexer_state ADD COLUMN last_operation_sequence integer NOT NULL DEFAULT 0`,
    `UPDATE indexer_state SET last_operation_sequence = last_operation_id`,
    `CREATE TABLE write_job (
      project_id text COLLATE "C" NOT NULL,
      number bigint GENERATED ALWAYS AS IDENTITY,
      id uuid NOT NULL,
      kind text NOT NULL,
      outcome json NOT NULL,
      settled_at double precision NOT NULL,
      PRIMARY KEY (project_id, id)
    )`,
    `CREATE INDEX write_job_number ON write_job (project_id, number)`,
  ],
};
