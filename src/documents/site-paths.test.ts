import fc from "fast-check";
import { expect, it } from "vitest";
import { invariant } from "../base/invariant.ts";
import { parseProjectPath, type ProjectPath } from "../base/project-path.ts";
import { asContentHash } from "../model/ids.ts";
import { sourceKindOf } from "../model/resource.ts";
import type { SourceRecord } from "../model/source.ts";
import { scanDocument } from "./scan-document.ts";
import {
  assignSitePaths,
  copySitePath,
  listingFolders,
  pageSitePath,
  sitemapPath,
  stylesheetPath,
  variantSitePath,
} from "./site-paths.ts";

function asPath(raw: string): ProjectPath {
  const path = parseProjectPath(raw);
  invariant(path !== undefined, "a test names a path inside the project");
  return path;
}

const assign = (...paths: string[]) =>
  assignSitePaths(paths.map((raw) => ({ path: asPath(raw), kind: sourceKindOf(asPath(raw)) })));

const pagesOf = (...paths: string[]): Record<string, string> => {
  const { sitePaths } = assign(...paths);
  return Object.fromEntries(paths.map((path) => [path, pageSitePath(sitePaths, asPath(path))]));
};

it("[R31] makes pages of documents, and keeps their folders and names", () => {
  expect(pagesOf("docs/a.md", "b c.markdown", "x.html", "y.htm", "ü/ä.md")).toEqual({
    "docs/a.md": "docs/a.html",
    "b c.markdown": "b c.html",
    "x.html": "x.html",
    "y.htm": "y.html",
    "ü/ä.md": "ü/ä.html",
  });
});

it.each([
  [["README.md"], { "README.md": "index.html" }],
  [["a/readme.md", "a/index.md"], { "a/readme.md": "a/readme.html", "a/index.md": "a/index.html" }],
  [["index.md", "index.html"], { "index.html": "index.html", "index.md": "index-2.html" }],
])("[R32] chooses the index document of %j", (paths, expected) => {
  expect(pagesOf(...paths)).toEqual(expected);
});

it.each([
  [["foo.md", "foo.html"], { "foo.html": "foo.html", "foo.md": "foo-2.html" }],
  [["Foo.md", "foo.md"], { "Foo.md": "Foo.html", "foo.md": "foo-2.html" }],
  [["a.md", "a.markdown", "a-2.md"], { "a.markdown": "a.html", "a-2.md": "a-2.html", "a.md": "a-3.html" }],
])("[R33] settles the collision of %j and reports it", (paths, expected) => {
  expect(pagesOf(...paths)).toEqual(expected);
  expect(pagesOf(...[...paths].reverse())).toEqual(expected);
  const { problems } = assign(...paths);
  expect(problems.map(({ code, path }) => [code, expected[path as keyof typeof expected]])).toEqual([
    ["site-path-collision", Object.values(expected).at(-1)],
  ]);
});

it("[R34] names variants by width and keeps clear of real files and of each other", () => {
  const { sitePaths } = assign("img/p.jpg", "q.png", "q.jpg", "r.jpg", "r.640.webp");
  const at = (path: string, format = "webp") => variantSitePath(sitePaths, asPath(path), 640, format);
  expect(at("img/p.jpg")).toBe("img/p.640.webp");
  expect(at("img/p.jpg", "avif")).toBe("img/p.640.avif");
  expect(at("q.png")).toBe("q.png.640.webp");
  expect(at("q.jpg")).toBe("q.jpg.640.webp");
  expect(at("r.jpg")).toBe("r.640.variant1.webp");
  expect(copySitePath(sitePaths, asPath("r.640.webp"))).toBe("r.640.webp");
});

it("[R35] keeps places for the style sheet and the site map", () => {
  const free = assign("a.md").sitePaths;
  expect([stylesheetPath(free), sitemapPath(free)]).toEqual(["strata.css", "sitemap.xml"]);
  const taken = assign("Strata.css", "sitemap.xml").sitePaths;
  expect([stylesheetPath(taken), sitemapPath(taken)]).toEqual(["strata-2.css", "sitemap-2.xml"]);
});

function recordOf(raw: string, text: string): [ProjectPath, SourceRecord] {
  const path = asPath(raw);
  const { facts } = scanDocument(path, text);
  const hash = asContentHash("0");
  return [
    path,
    {
      path,
      kind: "document",
      size: 0,
      modified: 0,
      contentHash: hash,
      scanVersion: 1,
      facts,
      fault: null,
      problems: [],
    },
  ];
}

it("[R36] lists folders that hold documents and have no index document", () => {
  const sources = new Map([
    recordOf("a/b/x2.md", "# Two"),
    recordOf("a/b/x10.md", "---\ntitle: Ten\n---"),
    recordOf("a/b/last.md", "---\norder: -1\n---"),
    recordOf("a/c/README.md", "# C here"),
  ]);
  const { sitePaths } = assignSitePaths([...sources.values()]);
  expect(listingFolders(sitePaths, sources)).toEqual([
    { folder: "", sitePath: "index.html", title: "", entries: [{ href: "a/index.html", title: "A" }] },
    {
      folder: "a",
      sitePath: "a/index.html",
      title: "A",
      entries: [
        { href: "a/b/index.html", title: "B" },
        { href: "a/c/index.html", title: "C here" },
      ],
    },
    {
      folder: "a/b",
      sitePath: "a/b/index.html",
      title: "B",
      entries: [
        { href: "a/b/last.html", title: "Last" },
        { href: "a/b/x2.html", title: "Two" },
        { href: "a/b/x10.html", title: "Ten" },
      ],
    },
  ]);
});

it("[R37] never gives one place twice, whatever the names, and in any order", () => {
  const name = fc
    .array(fc.constantFrom("a", "A", "index", "README", "p", "640", "variant1", "2", "-", ".", "/"), {
      minLength: 1,
      maxLength: 4,
    })
    .map((parts) => parts.join(""));
  const extension = fc.constantFrom(".md", ".html", ".htm", ".markdown", ".jpg", ".png", ".webp", ".css", "");
  const paths = fc.uniqueArray(
    fc.tuple(name, extension).map(([stem, end]) => parseProjectPath(stem + end) ?? asPath("z.md")),
  );
  fc.assert(
    fc.property(paths, (list) => {
      const { sitePaths } = assign(...list);
      const images = [...sitePaths.stems.keys()].flatMap((path) =>
        [640, 2].flatMap((width) =>
          ["webp", "avif"].map((format) => variantSitePath(sitePaths, path, width, format)),
        ),
      );
      const fixed = [stylesheetPath(sitePaths), sitemapPath(sitePaths)];
      const places = [
        ...sitePaths.pages.values(),
        ...sitePaths.copies.values(),
        ...sitePaths.listings.values(),
        ...fixed,
        ...images,
      ];
      expect(new Set(places.map((place) => place.toLowerCase())).size).toBe(places.length);
      expect(assign(...[...list].reverse()).sitePaths).toEqual(sitePaths);
    }),
  );
});
