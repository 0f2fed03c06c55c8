import { expect } from "@playwright/test";
import { test } from "./app.ts";
import { drop } from "./drop.ts";
import { makeFolder, projectPath } from "./folder.ts";
import { expectGolden } from "./golden.ts";
import { slowProject } from "./noise.ts";
import { openFolder } from "./project.ts";
import { buildAgain, rowsOf } from "./session.ts";
import { readSite } from "./site.ts";

test("says that there is no room left, loses nothing, and builds the rest once there is", async ({
  openApp,
  openOther,
  server,
}) => {
  const page = await openApp();
  await openFolder(page, projectPath("blog"));
  const devtools = await page.context().newCDPSession(page);
  const { origin } = new URL(server.address);
  const { usage } = await devtools.send("Storage.getUsageAndQuota", { origin });
  // Whatever fails first, the graph's files or the pictures, says so in the same words.
  await devtools.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: usage + 20_000 });
  const folder = makeFolder("large", Object.fromEntries(slowProject(2)));
  await drop(page, folder.path);
  await expect(page.getByText(/the browser has no room left/i).first()).toBeVisible();
  expectGolden(await readSite(page, "blog"), "blog");

  await devtools.send("Storage.overrideQuotaForOrigin", { origin });
  expect(await buildAgain(page)).toMatchObject({ phase: "done", failed: 0, poisoned: 0 });
  expect(await rowsOf(page, "problem")).toEqual([]);
  const fresh = await openOther();
  await openFolder(fresh, folder.path);
  expect(await readSite(page, "large")).toEqual(await readSite(fresh, "large"));
});
