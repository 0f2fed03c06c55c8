import type { Migration } from "./migration.ts";

/** What a change replaced is found by its hashes, so that collecting it costs what changed and not what there is. */
export const lookupByHash: Migration = {
  version: 6,
  name: "lookup by hash",
  statements: [
    `CREATE INDEX resource_content ON resource (content_hash)`,
    `CREATE INDEX resource_key ON resource (last_rendered_hash)`,
    `CREATE INDEX made_artifact ON made (artifact_hash)`,
  ],
};
