import type { Migration } from "./migration.ts";

/**
 * Results that came in a project file serve the project that they came with, and no other; and a project whose log was
 * merged stays known as such until its folder has been read again.
 */
export const importedResults: Migration = {
  version: 5,
  name: "imported results",
  statements: [
    `ALTER TABLE made ADD COLUMN imported boolean NOT NULL DEFAULT false`,
    `ALTER TABLE project ADD COLUMN merged boolean NOT NULL DEFAULT false`,
  ],
};
