import { beforeAll, beforeEach, expect, it } from "vitest";
import { openTestHost, TestFolder, type TestHost } from "./testing/test-host.ts";

let test: TestHost;

beforeAll(async () => {
  test = await openTestHost();
});

beforeEach(() => test.deleteProject());

function smallVault(): TestFolder {
  const folder = new TestFolder();
  folder.write(
    "index.md",
    "# Home\n\nSee [[Notes]] and [the guide](docs/guide.md#setup).\n\n![[docs/guide#Setup]]\n",
  );
  folder.write(
    "Notes.md",
    "---\ntitle: My notes\n---\n\nBack [home](index.md). A [missing](nowhere.md) one.\n",
  );
  folder.write("docs/guide.md", "# Guide\n\n## Setup\n\nDo this.\n\n## Use\n\nDo that. ![[#Setup]]\n");
  return folder;
}

it("[E1] builds a folder into a site whose links lead where they should", async () => {
  const run = await test.build(smallVault());
  expect(run).toMatchObject({ phase: "done", failed: 0, poisoned: 0 });
  const site = await test.site();
  expect([...site.keys()].sort()).toEqual([
    "Notes.html",
    "docs/guide.html",
    "docs/index.html",
    "index.html",
    "strata.css",
  ]);
  expect(site.get("index.html")).toContain('href="docs/guide.html#setup"');
  expect(site.get("index.html")).toContain("Do this.");
  expect(site.get("docs/guide.html")).toContain("Do that.");
  expect([...test.views.problem.values()]).toMatchObject([
    { path: "Notes.md", line: 5, code: "broken-reference" },
  ]);
});

it("[E2] runs no task for a folder that did not change", async () => {
  const folder = smallVault();
  const first = await test.build(folder);
  const second = await test.build(folder);
  expect(first.built).toBeGreaterThan(4);
  expect(second).toMatchObject({ phase: "done", built: 0, failed: 0, reused: first.built });
});
