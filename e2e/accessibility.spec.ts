import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "./accessibility.ts";
import { test } from "./app.ts";
import { projectPath } from "./folder.ts";
import { goTo, openFolder, type Tab } from "./project.ts";

const tabs: readonly Tab[] = ["Graph", "Files", "Problems", "Preview", "Runs", "History", "Diagnostics"];

async function expectNoSideways(page: Page, where: string): Promise<void> {
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(excess, `pixels that ${where} is too wide`).toBeLessThanOrEqual(0);
}

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test("axe finds nothing on any screen", async ({ openApp }) => {
      const page = await openApp();
      await expectAccessible(page, "the start screen");
      await openFolder(page, projectPath("docs"));
      for (const tab of tabs) {
        await goTo(page, tab);
        await expectAccessible(page, `the ${tab} tab`);
      }
    });
  });
}

test.describe("360 pixels", () => {
  test.use({ viewport: { width: 360, height: 640 } });

  test("nothing breaks the layout", async ({ openApp }) => {
    const page = await openApp();
    await expectNoSideways(page, "the start screen");
    await openFolder(page, projectPath("docs"));
    for (const tab of tabs) {
      await goTo(page, tab);
      await expectNoSideways(page, `the ${tab} tab`);
      await expectAccessible(page, `the ${tab} tab at 360 pixels`);
    }
  });
});

test("everything can be reached with the keyboard", async ({ openApp }) => {
  const page = await openApp();
  await openFolder(page, projectPath("blog"));
  await page.getByRole("tab", { name: "Graph" }).focus();
  for (const tab of tabs.slice(1)) {
    await page.keyboard.press("ArrowRight");
    await expect(page.getByRole("tab", { name: tab })).toHaveAttribute("aria-selected", "true");
  }
});
