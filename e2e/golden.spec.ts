import { expect, type Page } from "@playwright/test";
import { test } from "./app.ts";
import { projectPath } from "./folder.ts";
import { expectGolden } from "./golden.ts";
import { openFolder } from "./project.ts";
import { readSite } from "./site.ts";

test("builds every project byte for byte as it should be", async ({ openApp }) => {
  await buildAll(await openApp());
});

test("gives the same bytes without workers", async ({ openApp }) => {
  await buildAll(await openApp("?threads=off"));
});

async function buildAll(page: Page): Promise<void> {
  for (const name of ["blog", "vault", "docs"]) {
    await test.step(name, async () => {
      const run = await openFolder(page, projectPath(name));
      expect(run).toMatchObject({ phase: "done", failed: 0, poisoned: 0 });
      expectGolden(await readSite(page, name), name);
    });
  }
}
