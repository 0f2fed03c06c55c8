import { expect, it } from "vitest";
import fc from "fast-check";
import { compareNaturally } from "./natural-order.ts";
import { invariant } from "../base/invariant.ts";
import { parseProjectPath, type ProjectPath } from "../base/project-path.ts";
import { asSitePath } from "../model/ids.ts";
import type { NavigationItem } from "../model/render.ts";
import type { SourceRecord } from "../model/source.ts";
import { buildNavigationTree, navigationFor, type NavigationTree } from "./navigation.ts";
import { scanDocument } from "./scan-document.ts";
import { assignSitePaths } from "./site-paths.ts";

type Source = Pick<SourceRecord, "path" | "kind" | "facts">;

function treeOf(files: Readonly<Record<string, string>>, last?: NavigationTree) {
  const sources = new Map<ProjectPath, Source>();
  for (const [raw, text] of Object.entries(files)) {
    const path = parseProjectPath(raw);
    invariant(path !== undefined, "a test names a path inside the project");
    sources.set(path, { path, kind: "document", facts: scanDocument(path, text).facts });
  }
  return buildNavigationTree(assignSitePaths([...sources.values()]).sitePaths, sources, last);
}

/** The items as text, one a line: indent for depth, `*` for the current one. */
const draw = (items: readonly NavigationItem[], depth = 0): string[] =>
  items.flatMap(({ title, href, current, children }) => [
    `${"  ".repeat(depth)}${title} ${href}${current ? " *" : ""}`,
    ...draw(children, depth + 1),
  ]);

const site = treeOf({
  "README.md": "# Home",
  "z.md": "# Last letter",
  "b/index.md": "# The B",
  "b/x10.md": "",
  "b/x2.md": "",
  "b/in/deep.md": "# Deep",
  "c/only.md": "",
  "first.md": "---\nnav_order: 1\n---\n# First",
});

it("[R42] opens only the folders on the way to the page", () => {
  expect(draw(navigationFor(site, asSitePath("b/in/deep.html")))).toEqual([
    "First first.html",
    "The B b/index.html",
    "  In b/in/index.html",
    "    Deep b/in/deep.html *",
    "  X2 b/x2.html",
    "  X10 b/x10.html",
    "C c/index.html",
    "Last letter z.html",
  ]);
});

it("[R42] marks a folder as current on its own page, and nothing on the home page", () => {
  expect(draw(navigationFor(site, asSitePath("c/index.html")))).toEqual([
    "First first.html",
    "The B b/index.html",
    "C c/index.html *",
    "  Only c/only.html",
    "Last letter z.html",
  ]);
  expect(draw(navigationFor(site, asSitePath("index.html"))).filter((row) => row.endsWith("*"))).toEqual([]);
});

it("[R43] orders by the number asked for, then by name as a person does", () => {
  const tree = treeOf({
    "a.md": "",
    "B.md": "",
    "c10.md": "",
    "c9.md": "",
    "y.md": "---\nweight: 2\n---",
    "x.md": "---\norder: 2\n---",
    "w.md": "---\norder: -1\n---",
  });
  const titles = navigationFor(tree, asSitePath("a.html")).map(({ title }) => title);
  expect(titles).toEqual(["W", "X", "Y", "A", "B", "C9", "C10"]);
});

it("[R43] compares names without contradiction", () => {
  const name = fc.string({ unit: fc.constantFrom("a", "B", "b", "0", "1", "9", "-", "é"), maxLength: 5 });
  fc.assert(
    fc.property(name, name, name, (a, b, c) => {
      expect(Math.sign(compareNaturally(a, b))).toBe(-Math.sign(compareNaturally(b, a)) + 0);
      expect(compareNaturally(a, b) === 0).toBe(a === b);
      if (compareNaturally(a, b) < 0 && compareNaturally(b, c) < 0)
        expect(compareNaturally(a, c)).toBeLessThan(0);
    }),
    { numRuns: 3000 },
  );
});

it("[R44] shows the neighbours alone in a folder of very many", () => {
  const tree = treeOf(Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`n${i}.md`, ""])));
  const items = navigationFor(tree, asSitePath("n500.html"));
  expect(items).toHaveLength(102);
  expect(items[0]).toMatchObject({ title: "…", href: "n449.html" });
  expect(items.at(-1)).toMatchObject({ title: "…", href: "n550.html" });
  expect(items.filter(({ current }) => current).map(({ title }) => title)).toEqual(["N500"]);
});

it("[R44] lets every page be reached by following what is shown", () => {
  const tree = treeOf(Object.fromEntries(Array.from({ length: 350 }, (_, i) => [`n${i}.md`, ""])));
  const seen = new Set<string>(["n0.html"]);
  for (const place of seen) for (const { href } of navigationFor(tree, asSitePath(place))) seen.add(href);
  expect(seen.size).toBe(350);
});

const names = ["a.md", "b.md", "c/index.md", "c/d.md", "c/e/f.md"];
const texts = fc.dictionary(fc.constantFrom(...names), fc.constantFrom("", "# One", "# Two"));

it("[R42] takes entries over from the tree before, those alone that are the same", () => {
  fc.assert(
    fc.property(texts, texts, (before, now) => {
      const last = treeOf(before);
      const tree = treeOf(now, last);
      expect(tree).toEqual(treeOf(now));
      for (const [folder, { items }] of tree.levels) {
        for (const item of items) {
          const known = last.levels.get(folder)?.items.find(({ href }) => href === item.href);
          expect(item === known).toBe(item.title === known?.title);
        }
      }
    }),
  );
});
