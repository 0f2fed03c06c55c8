import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "./accessibility.ts";
import { test } from "./app.ts";
import { copyProject } from "./folder.ts";
import { goTo, openFolder } from "./project.ts";
import { buildAgain } from "./session.ts";

/** The rows of operations whose words, as a screen reader has them, fit. */
const operations = (page: Page, words = /./u) =>
  page.getByRole("list", { name: "Operations" }).getByRole("button", { name: words });

test("shows what happened to the project and to one document, searched and kept true", async ({
  openApp,
}) => {
  const page = await openApp();
  const folder = copyProject("vault");
  await openFolder(page, folder.path);
  await goTo(page, "History");
  const count = page.getByRole("status").filter({ hasText: "operation" });
  await expect(count).toHaveText(/^\d+ operations$/u);
  const first = await count.innerText();
  await expect(page.getByRole("heading", { name: "Today" })).toBeVisible();
  await expectAccessible(page, "the history");

  const search = page.getByRole("searchbox", { name: "Search the history" });
  await search.fill("ROPES");
  await expect(count).not.toHaveText(first);
  await expect(operations(page, /^\S+ Notes\/Ropes\.md added \(142 bytes\)$/u)).toBeVisible();
  await expect(operations(page, /Tides\.md added \(/u)).toHaveCount(0);
  await search.fill("R%PES");
  await expect(page.getByText("No operation matches “R%PES”")).toBeVisible();
  await page.getByRole("button", { name: "Clear the search" }).click();
  await expect(count).toHaveText(first);

  folder.write("Notes/Moon.md", "# Moon\n\nBack to [[Home]] alone.\n");
  await buildAgain(page);
  await expect(operations(page, /Notes\/Moon\.md changed \(32 bytes\)$/u)).toBeVisible();
  const names = await operations(page).allTextContents();
  // What the edit did stands above all that the first build did.
  expect(names.findIndex((name) => name.includes("(32 bytes)"))).toBeLessThan(
    names.findIndex((name) => name.includes("added (")),
  );
  await expect(count).not.toHaveText(first);

  await goTo(page, "Files");
  await page.getByRole("searchbox", { name: "Search by name" }).fill("Moon.md");
  await page.getByRole("gridcell", { name: "Notes/Moon.md" }).first().click();
  await page
    .getByRole("complementary", { name: "Inspector" })
    .getByRole("button", { name: "History" })
    .click();
  await expect(page.getByRole("group", { name: "Only one document" })).toContainText("Moon.md");
  const changed = operations(page, /Moon\.md changed \(32 bytes\)$/u);
  await expect(changed).toBeVisible();
  expect(await operations(page).count()).toBe(await operations(page, /Notes\/Moon\.md/u).count());
  await expect(operations(page).last()).toContainText("added");

  await changed.press("Enter");
  await expect(page.getByText("scope source, branch main, index 1")).toBeVisible();
  await page.getByRole("button", { name: "Show all documents" }).click();
  await expect(page.getByRole("group", { name: "Only one document" })).toBeHidden();
});
