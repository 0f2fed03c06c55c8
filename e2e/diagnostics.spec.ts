import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import { test } from "./app.ts";
import { makeFolder } from "./folder.ts";
import { goTo, openFolder } from "./project.ts";
import { buildAgain, rowsOf } from "./session.ts";

const dot = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>`;

test("shows a cycle before anything of it runs, exports the graph, and compares it after the cycle is broken", async ({
  openApp,
}) => {
  const page = await openApp();
  const folder = makeFolder("ring", {
    "index.md": "# Home\n\nSee [[left]].\n",
    "left.md": "# Left\n\n![[right]]\n",
    "right.md": "# Right\n\n![[left]]\n",
    "unused.svg": dot,
  });
  await openFolder(page, folder.path);

  await goTo(page, "Problems");
  await expect(page.getByText("embed", { exact: false }).first()).toBeVisible();
  const nodes = await rowsOf(page, "node");
  const held = nodes.filter(({ status }) => status === "POISONED").map(({ key }) => key);
  expect(held.toSorted()).toEqual([
    "fragment:left.md#",
    "fragment:right.md#",
    "page:left.md",
    "page:right.md",
  ]);
  expect(nodes.find(({ key }) => key === "page:index.md")?.status).toBe("DONE");

  await goTo(page, "Diagnostics");
  const panel = page.getByRole("region", { name: "Diagnostics" });
  await expect(
    panel.getByText("fragment:left.md# waits for fragment:right.md# waits for fragment:left.md#"),
  ).toBeVisible();
  await expect(panel.getByText("fragment:right.md# from fragment:left.md#")).toBeVisible();
  await expect(panel.getByRole("button", { name: "file:unused.svg" })).toBeVisible();

  const written = await exported(page, "DOT");
  expect(written).toContain("digraph");
  expect(written).toContain("page:index.md");
  expect(importedByPython(await exportedPath(page, "Hamilton"))).toContain("page_index_md");

  folder.write("right.md", "# Right\n\nNo more of left.\n");
  await buildAgain(page);
  await expect(panel.getByText("None. Every task has its place in the order.")).toBeVisible();
  await panel.getByRole("combobox", { name: "Compare with" }).selectOption({ index: 1 });
  await expect(panel.getByText("fragment:left.md# → fragment:right.md#")).toBeVisible();
});

async function exportedPath(page: Page, format: string): Promise<string> {
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: format, exact: true }).click();
  return (await downloading).path();
}

async function exported(page: Page, format: string): Promise<string> {
  return readFileSync(await exportedPath(page, format), "utf8");
}

/** The names of the functions that Python finds in a module; the file's own text where there is no Python. */
function importedByPython(path: string): string {
  const code = "import runpy, sys; print(' '.join(sorted(runpy.run_path(sys.argv[1]))))";
  const { error, status, stdout, stderr } = spawnSync("python3", ["-c", code, path], { encoding: "utf8" });
  if (error !== undefined) return readFileSync(path, "utf8");
  expect(status, stderr).toBe(0);
  return stdout;
}
