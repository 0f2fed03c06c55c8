import type { Migration } from "./migration.ts";

/** What the last build of everything was made from, so that what the first one of the next visit does can be explained. */
export const earlierBuilds: Migration = {
  version: 7,
  name: "earlier builds",
  statements: [`ALTER TABLE project ADD COLUMN built json`],
};
