import { expect } from "@playwright/test";
import { test } from "./app.ts";
import { makeFolder, projectPath } from "./folder.ts";
import { openFolder } from "./project.ts";
import { readSite } from "./site.ts";

test("a hostile document's page holds nothing that runs or leads outside", async ({ openApp }) => {
  const page = await openApp();
  await openFolder(page, projectPath("docs"));
  const site = await readSite(page, "docs");
  const html = site.get("hostile.html")!.toString();
  const own = html.slice(html.indexOf("<main"), html.indexOf("</main"));
  expect(own).toContain("Hostile");
  for (const bad of [
    /<script/i,
    /\son\w+\s*=/i,
    /(href|src)="\s*javascript:/i,
    /<iframe/i,
    /<object/i,
    /<form/i,
    /<base/i,
  ]) {
    expect(own).not.toMatch(bad);
  }
  for (const bad of [/http-equiv/i, /@import/i, /href="data:/i, /(href|src)="(\.\.\/|\/)/i]) {
    expect(own).not.toMatch(bad);
  }
  for (const path of site.keys()) expect(path).not.toMatch(/^\/|^\.\.|\/\.\.\/|\\/);
});

test("a script in a project's own layout or picture never reaches the app", async ({ openApp }) => {
  const page = await openApp();
  const attack = "window.top.hacked = true; parent.hacked = true; indexedDB.deleteDatabase('strata');";
  const folder = makeFolder("attack", {
    "strata.yaml": "layout: layout.html\n",
    "layout.html": `<!doctype html><html><body><script>${attack}</script>{{{content}}}</body></html>`,
    "index.md": "# Attack\n\n![svg](a.svg)\n",
    "a.svg": `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>${attack}</script></svg>`,
  });
  await openFolder(page, folder.path);
  for (const path of ["index.html", "a.svg"]) {
    const address = await page.evaluate(
      (place) =>
        (globalThis as unknown as { strata: { previewUrl(p: string): string | null } }).strata.previewUrl(
          place,
        ),
      path,
    );
    const opened = await page.context().newPage();
    const answer = await opened.goto(new URL(address!, page.url()).href);
    expect(answer!.status()).toBe(200);
    expect(answer!.headers()["content-security-policy"]).toBeDefined();
    await opened.waitForTimeout(300);
    expect(await opened.evaluate(() => (globalThis as { hacked?: boolean }).hacked)).toBeUndefined();
    await opened.close();
  }
  expect((await readSite(page, "attack")).size).toBeGreaterThan(0);
});
