import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "./accessibility.ts";
import { test } from "./app.ts";
import { makeFolder } from "./folder.ts";
import { goTo, openFolder } from "./project.ts";
import { latestRun, runAfter } from "./session.ts";

const dot = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>`;

const files = {
  "index.md": "# Home\n\nSee [[guide/start]].\n\n![A dot](images/dot.svg)\n",
  "guide/start.md": "# Start\n\n![[terms]]\n",
  "guide/terms.md": "# Terms\n\nMore in [the end](end.md) and [nowhere](gone.md).\n",
  "guide/end.md": "# End\n\nNothing follows.\n",
  "alone.md": "# Alone\n",
  "images/dot.svg": dot,
};

const inspector = (page: Page) => page.getByRole("complementary", { name: "Inspector" });
const list = (page: Page, name: string) => inspector(page).getByRole("list", { name, exact: true });

/** Shows a file in the inspector. */
async function inspect(page: Page, path: string): Promise<void> {
  await goTo(page, "Files");
  await page.getByRole("searchbox").fill(path);
  // What is made from a file may have its name.
  const file = page.getByRole("row").filter({ hasNot: page.getByText(/^(Fragment|Copy)$/) });
  await file.getByRole("gridcell", { name: path, exact: true }).click();
  await expect(inspector(page).getByRole("heading", { name: path })).toBeVisible();
}

test("tells what a document depends on and what uses it, and follows a file that is saved", async ({
  openApp,
}) => {
  const page = await openApp();
  const folder = makeFolder("relations", files);
  await openFolder(page, folder.path);

  await inspect(page, "guide/terms.md");
  await expect(list(page, "Links to")).toContainText("guide/end.md");
  await expect(list(page, "Links to")).toContainText("not in the folder");
  await expect(list(page, "Embedded in")).toContainText("guide/start.md");
  await expect(list(page, "Made from it")).toContainText("guide/terms.html");
  await expect(list(page, "Linked from")).toBeHidden();

  const before = await latestRun(page);
  folder.write("alone.md", "# Alone no more\n\nSee [terms](guide/terms.md).\n");
  await page.getByRole("button", { name: "Build", exact: true }).click();
  await runAfter(page, before);
  await expect(list(page, "Linked from").getByRole("listitem")).toHaveText(/alone\.md.*line 3/);

  await list(page, "Linked from").getByRole("button").click();
  await expect(inspector(page).getByRole("heading", { name: "alone.md" })).toBeVisible();
  await expect(list(page, "Links to")).toContainText("guide/terms.md");

  await inspect(page, "images/dot.svg");
  await expect(list(page, "Shown in")).toContainText("index.md");
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test(`shows a path between two documents that was chosen with the mouse`, async ({ openApp }, info) => {
      const page = await openApp();
      await openFolder(page, makeFolder("path", files).path);
      await inspect(page, "index.md");
      await inspector(page).getByRole("button", { name: "Path to…" }).click();
      const chooser = page.getByRole("dialog", { name: "Path between two documents" });
      await expect(chooser.getByRole("status")).toContainText("From");
      await chooser.getByRole("combobox").fill("end");
      await page.screenshot({ path: info.outputPath("chooser.png") });
      await chooser.getByRole("option", { name: "guide/end.md" }).click();

      const panel = page.getByRole("region", { name: "Path", exact: true });
      await expect(panel.getByRole("status")).toHaveText("A path of 3 steps from index.md to guide/end.md.");
      await expect(panel.getByRole("listitem")).toHaveText([
        /index\.md/,
        /^links to.*guide\/start\.md/,
        /^embeds.*guide\/terms\.md/,
        /^links to.*guide\/end\.md/,
      ]);
      const stops = page.locator('.graph-node[data-path="on"]');
      await expect(stops).toHaveCount(4);
      for (const stop of await stops.all()) await expect(stop).toBeInViewport();
      expect(await page.locator('.graph-node[data-path="off"]').count()).toBeGreaterThan(0);
      await expectAccessible(page, "the graph with a path");
      await page.screenshot({ path: info.outputPath("path.png") });

      await panel.getByRole("button", { name: /guide\/terms\.md/ }).click();
      await expect(inspector(page).getByRole("heading", { name: "guide/terms.md" })).toBeVisible();
      await page.screenshot({ path: info.outputPath("step.png") });
      await panel.getByRole("button", { name: "Close the path" }).click();
      await expect(panel).toBeHidden();
      await expect(page.locator(".graph-node[data-path]")).toHaveCount(0);
    });
  });
}

test("finds a path with the keyboard alone, also the other way round, and says when there is none", async ({
  openApp,
}) => {
  const page = await openApp();
  const folder = makeFolder("keys", files);
  await openFolder(page, folder.path);
  const panel = page.getByRole("region", { name: "Path", exact: true });
  const choose = async (from: string, to: string) => {
    await page.keyboard.press("Control+k");
    await page.keyboard.type("path between");
    await page.keyboard.press("Enter");
    await page.keyboard.type(from);
    await expect(page.getByRole("option", { name: from })).toBeVisible();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("combobox", { name: "Path to which document?" })).toBeFocused();
    await page.keyboard.type(to);
    await expect(page.getByRole("option", { name: to })).toBeVisible();
    await page.keyboard.press("Enter");
  };

  await choose("guide/end.md", "index.md");
  await expect(panel.getByRole("status")).toContainText(
    "The other way round, index.md leads to guide/end.md",
  );
  await expect(panel).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();

  await choose("index.md", "alone.md");
  await expect(panel.getByRole("status")).toHaveText(
    "No path: neither does index.md lead to alone.md, nor alone.md to index.md.",
  );
  const before = await latestRun(page);
  folder.write("guide/end.md", "# End\n\nBut for [[alone]].\n");
  await page.getByRole("button", { name: "Build", exact: true }).click();
  await runAfter(page, before);
  await expect(panel.getByRole("status")).toHaveText("A path of 4 steps from index.md to alone.md.");
});
