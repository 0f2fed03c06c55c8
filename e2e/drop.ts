import type { Page } from "@playwright/test";

/**
 * Drops files or folders of this machine's disk on the page, as a person's mouse would: the page gets real
 * file-system handles with read permission.
 *
 * @param paths absolute
 */
export async function drop(page: Page, ...paths: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { width, height } = page.viewportSize() ?? { width: 800, height: 600 };
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  const place = { x: Math.round(width / 2), y: Math.round(height / 2), data };
  for (const type of ["dragEnter", "dragOver", "drop"] as const) {
    await session.send("Input.dispatchDragEvent", { type, ...place });
  }
  await session.detach();
}
