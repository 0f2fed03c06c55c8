import type { Migration } from "./migration.ts";

/** Where the plan of a run put each of its tasks. Runs of before told less: their tasks stand in no plan. */
export const placesInPlans: Migration = {
  version: 3,
  name: "places in plans",
  statements: [
    `ALTER TABLE job_task ADD COLUMN generation_order integer NOT NULL DEFAULT -1`,
    `ALTER TABLE job_task ADD COLUMN generation_size integer NOT NULL DEFAULT 0`,
    `ALTER TABLE job_task ADD COLUMN plan_signature text COLLATE "C" NOT NULL DEFAULT ''`,
  ],
};
