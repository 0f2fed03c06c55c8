import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type BrowserContext } from "@playwright/test";
import { chromiumFlags, chromiumPath } from "../scripts/chromium.mjs";

/** A browser profile on disk that outlives the browser: what a person keeps over a restart. */
export type Profile = {
  /** Starts the browser on the profile; close the context to end it. */
  launch(): Promise<BrowserContext>;
};

export function makeProfile(): Profile {
  const folder = mkdtempSync(join(tmpdir(), "strata-profile-"));
  return {
    launch: () =>
      chromium.launchPersistentContext(folder, { executablePath: chromiumPath(), args: chromiumFlags }),
  };
}
