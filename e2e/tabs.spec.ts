import { expect } from "@playwright/test";
import { test, waitForStart } from "./app.ts";
import { copyProject } from "./folder.ts";
import { expectGolden } from "./golden.ts";
import { openFolder } from "./project.ts";
import { buildAgain, latestRun, stateOf } from "./session.ts";
import { readSite } from "./site.ts";

test("a second tab follows the first and takes over when it closes", async ({ openApp, server }) => {
  const first = await openApp();
  const folder = copyProject("blog");
  await openFolder(first, folder.path);
  const second = await first.context().newPage();
  await second.goto(server.address);
  await waitForStart(second);
  expect((await stateOf(first)).role).toBe("leader");
  expect((await stateOf(second)).role).toBe("follower");
  await openFolder(second, folder.path);
  await expect(second.getByRole("heading", { name: "blog", level: 1 })).toBeVisible();
  await first.close();
  await expect.poll(async () => (await stateOf(second)).role, { timeout: 30_000 }).toBe("leader");
  // A run that the taking over began ends for the one that is asked for.
  await buildAgain(second);
  await expect.poll(() => latestRun(second)).toMatchObject({ phase: "done", failed: 0 });
  expectGolden(await readSite(second, "blog"), "blog");
});
