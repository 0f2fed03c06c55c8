import type { Page } from "@playwright/test";
import type { RunRow } from "../src/model/view-rows.ts";
import { drop } from "./drop.ts";
import { latestRun, runAfter } from "./session.ts";

/** Drops a folder on the page and waits for its first run. */
export async function openFolder(page: Page, path: string, timeout = 60_000): Promise<RunRow> {
  const before = await latestRun(page);
  await drop(page, path);
  return runAfter(page, before, timeout);
}

export type Tab = "Graph" | "Files" | "Problems" | "Preview" | "Runs" | "History" | "Diagnostics";

/** Shows one of the project's tabs. */
export async function goTo(page: Page, tab: Tab): Promise<void> {
  await page.getByRole("tab", { name: tab }).click();
}
