import { expect } from "@playwright/test";
import { test } from "./app.ts";
import { projectPath } from "./folder.ts";
import { expectGolden } from "./golden.ts";
import { openFolder } from "./project.ts";
import { readSite } from "./site.ts";

for (const name of ["blog", "vault", "docs"]) {
  test(`builds the ${name} byte for byte as it should be`, async ({ openApp }) => {
    const page = await openApp();
    const run = await openFolder(page, projectPath(name));
    expect(run).toMatchObject({ phase: "done", failed: 0, poisoned: 0 });
    expectGolden(await readSite(page, name), name);
  });

  test(`gives the same ${name} without workers`, async ({ openApp }) => {
    const page = await openApp("?threads=off");
    await openFolder(page, projectPath(name));
    expectGolden(await readSite(page, name), name);
  });
}
