import fc from "fast-check";
import { expect, it } from "vitest";
import { fileNameOf, folderOf, type ProjectPath } from "../base/project-path.ts";
import { scanDocument } from "./scan-document.ts";
import { buildSiteIndex, sharedFolders, type IndexedSource, type SiteIndex } from "./site-index.ts";
import { nearestFile } from "./nearest-name.ts";

const { facts } = scanDocument("a.md" as ProjectPath, "");
const indexOf = (paths: readonly string[]): SiteIndex =>
  buildSiteIndex(
    paths.map((path): IndexedSource => ({ path: path as ProjectPath, kind: "document", facts })),
  );

/** Whether one word is the other with a letter more, less, replaced or moved: tried out, one change after the other. */
function isSlip(a: string, b: string): boolean {
  const without = (word: string) =>
    Array.from({ length: word.length }, (_, i) => word.slice(0, i) + word.slice(i + 1));
  return (
    a === b ||
    without(a).includes(b) ||
    without(b).includes(a) ||
    without(a).some((one) => without(b).includes(one))
  );
}

/** The slow twin: looks at every file. */
function slowNearest(paths: readonly string[], from: string, target: string): readonly string[] {
  const same = paths.filter((path) => fileNameOf(path) === fileNameOf(target));
  const names = (path: string) => [fileNameOf(path), fileNameOf(path).replace(".md", "")];
  const near =
    same.length > 0 ? same : paths.filter((path) => names(path).some((name) => isSlip(name, target)));
  const shared = (path: string) => sharedFolders(folderOf(from), folderOf(path));
  const most = Math.max(...near.map(shared));
  return near.filter((path) => shared(path) === most);
}

const folder = fc.constantFrom("", "x/", "x/y/", "x/y/z/", "w/");
const name = fc.string({ unit: fc.constantFrom("a", "b"), minLength: 4, maxLength: 5 });
const path = fc.tuple(folder, name).map(([above, stem]) => `${above}${stem}.md`);

it("[R28] suggests the nearest file of the name, else of a name one slip away", () => {
  fc.assert(
    fc.property(fc.uniqueArray(path, { maxLength: 8 }), path, name, (paths, from, stem) => {
      const expected = slowNearest(paths, from, `${stem}.md`);
      const found = nearestFile(indexOf(paths), from as ProjectPath, `${stem}.md`);
      if (expected.length === 0) expect(found).toBeUndefined();
      else expect(expected).toContain(found);
    }),
    { numRuns: 1000 },
  );
});

it("[R38] looks through the files of one name once, however many references are broken", () => {
  const paths = Array.from({ length: 300 }, (_, i) => `post/${i}/index.md`);
  const index = indexOf(paths);
  let steps = 0;
  const counted = new Proxy(index.byName.get("index.md") ?? [], {
    get: (list, key) => {
      steps++;
      return Reflect.get(list, key) as unknown;
    },
  });
  const watched = { ...index, byName: new Map([...index.byName, ["index.md", counted]]) };
  for (let i = 0; i < 300; i++) {
    expect(nearestFile(watched, `post/${i}/page.md` as ProjectPath, "../gone/index.md")).toBe(
      `post/${i}/index.md`,
    );
  }
  expect(steps).toBeLessThan(10 * paths.length);
});
