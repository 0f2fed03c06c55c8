import { logAndResources } from "./001-log-and-resources.ts";
import { runsAndArtifacts } from "./002-runs-and-artifacts.ts";
import { placesInPlans } from "./003-places-in-plans.ts";
import { copiesOfTheLog } from "./004-copies-of-the-log.ts";
import { importedResults } from "./005-imported-results.ts";
import { lookupByHash } from "./006-lookup-by-hash.ts";
import { earlierBuilds } from "./007-earlier-builds.ts";
import type { Migration } from "./migration.ts";

/** Every step there has been, oldest first. */
export const allMigrations: readonly Migration[] = [
  logAndResources,
  runsAndArtifacts,
  placesInPlans,
  copiesOfTheLog,
  importedResults,
  lookupByHash,
  earlierBuilds,
];
