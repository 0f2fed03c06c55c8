import { expect, type Locator } from "@playwright/test";
import { test, waitForStart } from "./app.ts";
import { copyProject } from "./folder.ts";
import { openFolder } from "./project.ts";
import { latestRun, rowsOf, runAfter } from "./session.ts";

/** The number under a heading in the row of a table. */
async function cell(table: Locator, row: string, column: string): Promise<number> {
  const heads = await table.getByRole("columnheader").allTextContents();
  const line = table
    .getByRole("row")
    .filter({ has: table.page().getByRole("rowheader", { name: row, exact: true }) });
  // The first column heads the row.
  const text = await line
    .getByRole("cell")
    .nth(heads.indexOf(column) - 1)
    .textContent();
  return Number((text ?? "").replaceAll(",", ""));
}

test("shows developers how the views are kept true, live, and stays open over a reload", async ({
  openApp,
  page,
}) => {
  await openApp();
  await page.getByRole("button", { name: "Try the sample" }).click();
  await page.getByRole("tab", { name: "Runs" }).click();
  await page.keyboard.press("d");
  const panel = page.getByRole("region", { name: "Developer" });
  await expect(panel).toBeVisible();
  await runAfter(page, undefined);

  const views = panel.getByRole("region", { name: "Views" });
  const shards = panel.getByRole("region", { name: "Frequencies" });
  const nodes = (await rowsOf(page, "node")).length;
  expect(nodes).toBeGreaterThan(20);
  await expect.poll(() => cell(views, "node", "Rows"), { timeout: 20_000 }).toBe(nodes);
  await expect(views.getByRole("rowheader", { name: "developer: views" })).toBeVisible();
  await expect.poll(() => cell(shards, "realtime", "Flushes")).toBeGreaterThan(3);

  const last = await latestRun(page);
  await page.reload();
  await expect(panel).toBeVisible();
  await runAfter(page, last);
  await expect.poll(() => cell(views, "node", "Rows")).toBe(nodes);
  const flushes = await cell(shards, "realtime", "Flushes");
  const before = await latestRun(page);
  await page.getByRole("button", { name: "Build", exact: true }).click();
  await runAfter(page, before);
  await expect.poll(() => cell(shards, "realtime", "Flushes")).toBeGreaterThan(flushes);

  await page.getByRole("button", { name: "Close the developer panel" }).click();
  await page.reload();
  await runAfter(page, undefined);
  await expect(panel).toHaveCount(0);
});

test("ends the views of a tab that was closed without a word", async ({ openApp, server }) => {
  const page = await openApp();
  const folder = copyProject("blog");
  await openFolder(page, folder.path);
  await runAfter(page, undefined);
  await page.keyboard.press("d");
  const views = page.getByRole("region", { name: "Views" });
  const follower = await page.context().newPage();
  await follower.goto(server.address);
  await waitForStart(follower);
  await openFolder(follower, folder.path);
  await runAfter(follower, undefined);
  await follower.getByRole("tab", { name: "Preview" }).click();
  const build = async () => {
    const last = await latestRun(page);
    await page.getByRole("button", { name: "Build", exact: true }).click();
    await runAfter(page, last);
  };
  await build();
  const ofFollower = views.getByRole("rowheader", { name: "pages of the site" });
  await expect(ofFollower).toBeVisible();
  await follower.close({ runBeforeUnload: false });
  // The engine tells of itself with its next change.
  await build();
  await expect(ofFollower).toHaveCount(0);
  await expect(views.getByRole("rowheader", { name: "newest run" })).toBeVisible();
});
