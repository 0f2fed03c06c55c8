import {
  expect,
  test as base,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from "@playwright/test";
import { watchForeignRequests } from "./foreign-requests.ts";
import { dist, startServer, type AppServer } from "./origin.ts";
import { firstPage, makeVisitedProfile, type Profile } from "./profile.ts";

type Fixtures = {
  /** Opens the app in the test's own page and waits until it answers. `query` such as `?threads=off`. */
  readonly openApp: (query?: string) => Promise<Page>;
  /** A page of another browser, which knows nothing of what the test's own did. */
  readonly openOther: () => Promise<Page>;
  /** Origins beside the app's own that the test lets it ask. */
  readonly mayAsk: Set<string>;
};

type WorkerFixtures = { readonly server: AppServer; readonly visited: Profile };

/**
 * The test function of every spec. It fails a test in which a request left the origin, the page threw, or the
 * console told of an error.
 */
export const test = base.extend<Fixtures, WorkerFixtures>({
  server: [
    async ({}, use) => {
      const server = await startServer();
      await use(server);
      await server.close();
    },
    { scope: "worker" },
  ],
  visited: [
    async ({ server }, use) => {
      const profile = await makeVisitedProfile(server.address);
      await use(profile);
      profile.remove();
    },
    { scope: "worker", timeout: 200_000 },
  ],
  context: async ({ visited, viewport, colorScheme }, use) => {
    await useCopy(visited, { viewport, colorScheme: colorScheme ?? "light" }, use);
  },
  mayAsk: async ({}, use) => {
    await use(new Set());
  },
  openApp: async ({ context, page, server, mayAsk }, use) => {
    const foreign = watchForeignRequests(context, server.address);
    const errors = watchErrors(page);
    await use(async (query = "") => {
      await page.goto(server.address + query);
      await waitForStart(page);
      return page;
    });
    server.serve(dist);
    const unexpected = foreign.filter((url) => !mayAsk.has(new URL(url).origin));
    expect(unexpected, "requests that left the origin").toEqual([]);
    expect(errors, "errors in the page").toEqual([]);
  },
  openOther: async ({ visited, server }, use) => {
    await useCopy(visited, {}, (context) =>
      use(async () => {
        const page = await firstPage(context);
        await page.goto(server.address);
        await waitForStart(page);
        return page;
      }),
    );
  },
});

/** Gives a browser on a copy of a profile, and takes both away afterwards. */
async function useCopy(
  profile: Profile,
  options: BrowserContextOptions,
  use: (context: BrowserContext) => Promise<void>,
): Promise<void> {
  const copy = profile.copy();
  const context = await copy.launch(options);
  await use(context);
  await context.close();
  copy.remove();
}

/** What Chromium says when the test runner itself looks into the sandboxed preview. */
const sandboxed = /^Blocked script execution in '(about:blank|[^']*\/preview\/[^']*)'/;

/** Collects what the page threw and what its console called an error. */
export function watchErrors(page: Page): readonly string[] {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.stack ?? error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !sandboxed.test(message.text())) errors.push(message.text());
  });
  return errors;
}

/** Resolves once the app has its engine and offers to open a folder. */
export async function waitForStart(page: Page): Promise<void> {
  await expect(page.getByRole("button", { name: "Open folder" }).first()).toBeEnabled({ timeout: 30_000 });
}
