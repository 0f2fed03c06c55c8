import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  chromium,
  expect,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from "@playwright/test";
import { chromiumFlags, chromiumPath } from "../scripts/chromium.mjs";

/** A browser profile on disk: what a person keeps over a restart. */
export type Profile = {
  /** Starts the browser on the profile; close the context to end it. */
  launch(options?: BrowserContextOptions): Promise<BrowserContext>;
  /** Another profile with the same content. Only while no browser runs on this one. */
  copy(): Profile;
  remove(): void;
};

/** Not the locks of a running browser, nor what it holds twice: the service worker has every file of the app. */
function isKept(path: string): boolean {
  return !/Singleton|[/\\]Cache_Data/.test(path);
}

/** An empty profile, or the one in `folder`. */
export function makeProfile(folder = mkdtempSync(join(tmpdir(), "strata-profile-"))): Profile {
  return {
    launch: (options = {}) =>
      chromium.launchPersistentContext(folder, {
        executablePath: chromiumPath(),
        args: chromiumFlags,
        ...options,
      }),
    copy: () => {
      const other = mkdtempSync(join(tmpdir(), "strata-profile-"));
      cpSync(folder, other, { recursive: true, filter: isKept });
      return makeProfile(other);
    },
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/**
 * A profile in which the app was open once: its files are in the cache and its empty database is made, which takes
 * most of the time of a first visit. Each test starts from a copy, so none sees what another did.
 */
export async function makeVisitedProfile(address: string): Promise<Profile> {
  const profile = makeProfile();
  const context = await profile.launch();
  const page = await context.newPage();
  await page.goto(address);
  await expect.poll(() => page.evaluate(databaseIsMade), { timeout: 90_000 }).toBe(true);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, {
    timeout: 90_000,
  });
  await context.close();
  return profile;
}

/** Runs in the page: whether the engine has noted that its database is whole. */
async function databaseIsMade(): Promise<boolean> {
  const top = await navigator.storage.getDirectory();
  return top.getFileHandle("strata.created").then(
    () => true,
    () => false,
  );
}

/** The first tab of a browser that was just started. */
export async function firstPage(context: BrowserContext): Promise<Page> {
  return context.pages()[0] ?? (await context.newPage());
}
