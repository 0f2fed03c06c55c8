import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "@playwright/test";
import { test } from "./app.ts";
import { openFolder } from "./project.ts";
import { buildAgain, rowsOf } from "./session.ts";
import { sitePaths } from "./site.ts";

/** Real projects beside this one; without them there is nothing to build here. */
const corpora = resolve(import.meta.dirname, "../../shared/corpora");
const names = existsSync(corpora)
  ? readdirSync(corpora, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
  : [];

for (const name of names) {
  test(`builds ${name}, and nothing the second time`, async ({ openApp }) => {
    test.setTimeout(240_000);
    // They show thousands of pictures of other servers.
    const page = await openApp("?network=off");
    const run = await openFolder(page, join(corpora, name), 180_000);
    expect(run.phase).toBe("done");
    const nodes = await rowsOf(page, "node");
    const pages = nodes.filter((node) => node.kind === "page");
    const documents = nodes.filter((node) => node.kind === "document");
    expect(pages.length).toBe(documents.length);
    const site = await sitePaths(page, name);
    const done = pages.filter((node) => node.status === "DONE");
    for (const { sitePath } of done) expect(site.includes(sitePath!), sitePath!).toBe(true);
    // Real projects have a note that embeds itself; what cannot be built is told, and is all that is missing.
    const cycles = (await rowsOf(page, "problem")).filter(({ code }) => code === "embed-cycle");
    expect(pages.length - done.length).toBe(cycles.length);
    expect(await buildAgain(page)).toMatchObject({ phase: "done", built: 0 });
  });
}
