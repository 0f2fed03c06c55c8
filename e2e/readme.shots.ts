import { resolve } from "node:path";
import type { Page } from "@playwright/test";
import { test } from "./app.ts";
import { goTo, type Tab } from "./project.ts";
import { runAfter } from "./session.ts";

const folder = resolve(import.meta.dirname, "../docs/screenshots");
const shoot = (page: Page, name: string) => page.screenshot({ path: resolve(folder, `${name}.png`) });

test.use({ viewport: { width: 1280, height: 800 }, colorScheme: "light" });

// The pictures of README.md: `npm run screenshots`.
test("takes the pictures of the main screens", async ({ openApp }) => {
  const page = await openApp();
  await shoot(page, "start");
  await page.getByRole("button", { name: "Try the sample" }).click();
  await runAfter(page, undefined);
  for (const tab of ["Graph", "Files", "Preview", "Runs"] satisfies Tab[]) {
    await goTo(page, tab);
    await page.waitForTimeout(1500);
    await shoot(page, tab.toLowerCase());
  }
  await page.emulateMedia({ colorScheme: "dark" });
  await goTo(page, "Graph");
  await page.waitForTimeout(1500);
  await shoot(page, "graph-dark");
});
