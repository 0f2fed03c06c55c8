import type { Migration } from "./migration.ts";

/** Results that came in a project file serve the project that they came with, and no other. */
export const importedResults: Migration = {
  version: 5,
  name: "imported results",
  statements: [`ALTER TABLE made ADD COLUMN imported boolean NOT NULL DEFAULT false`],
};
