import { expect, it, vi } from "vitest";
import type { ProjectPath } from "../base/project-path.ts";
import { scanDocument } from "./scan-document.ts";
import { buildSiteIndex, type IndexedSource } from "./site-index.ts";

const document = (path: string, text = ""): IndexedSource => ({
  path: path as ProjectPath,
  kind: "document",
  facts: scanDocument(path as ProjectPath, text).facts,
});

it("[R29] indexes files of one name without a look through those before", () => {
  const paths = Array.from({ length: 2000 }, (_, i) => `post/${i}/index.md`);
  const records = paths.map((path) => document(path, "---\ntitle: Post\nalias: First, Start, first\n---"));
  let steps = 0;
  const { includes, indexOf } = Array.prototype;
  vi.spyOn(Array.prototype, "includes").mockImplementation(function (this: unknown[], ...args) {
    steps += this.length;
    return includes.apply(this, args);
  });
  vi.spyOn(Array.prototype, "indexOf").mockImplementation(function (this: unknown[], ...args) {
    steps += this.length;
    return indexOf.apply(this, args);
  });
  const index = buildSiteIndex(records);
  vi.restoreAllMocks();
  expect(steps).toBeLessThan(100 * paths.length);
  for (const names of [index.byName.get("index"), index.byName.get("index.md"), index.byTitle.get("post")]) {
    expect(names).toEqual(paths);
  }
});

it("[R29] lists a document once for a name that it gives itself twice", () => {
  const index = buildSiteIndex([
    document("a.md", "---\naliases: [One, Two, one]\nalias: ONE\n---"),
    document("b.md"),
  ]);
  expect(index.byAlias.get("one")).toEqual(["a.md"]);
  expect(index.byAlias.get("two")).toEqual(["a.md"]);
});
