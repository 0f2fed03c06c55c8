import { join } from "node:path";
import { chromium } from "@playwright/test";
import { build } from "vite";
import { chromiumFlags, chromiumPath } from "../scripts/chromium.mjs";
import { serveFolder } from "../scripts/server.mjs";

/**
 * What a page of a bench measures: builds the folder `name`, opens it in Chromium, with flags of its own where there
 * are any, and gives what the page's global promise `figures` comes to.
 */
export async function figuresOfPage<Figures>(name: string, flags: readonly string[] = []): Promise<Figures> {
  const outDir = join(import.meta.dirname, "../node_modules/.cache", `bench-${name}`);
  await build({
    root: join(import.meta.dirname, name),
    configFile: false,
    base: "./",
    logLevel: "error",
    build: { outDir, emptyOutDir: true, target: "es2023", chunkSizeWarningLimit: 5000 },
    worker: { format: "es" },
  });
  const server = await serveFolder({ root: outDir, port: 0 });
  const args = [...chromiumFlags, ...flags];
  const browser = await chromium.launch({ executablePath: chromiumPath(), args });
  try {
    const page = await browser.newPage();
    await page.goto(server.address);
    return await page.evaluate(() => (globalThis as unknown as { figures: Promise<Figures> }).figures);
  } finally {
    await browser.close();
    await server.close();
  }
}
