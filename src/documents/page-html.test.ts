import { describe, expect, it } from "vitest";
import { asSitePath } from "../model/ids.ts";
import type { PageFrame } from "../model/render.ts";
import { renderWithLayout } from "./layout-template.ts";
import { renderPageHtml } from "./page-html.ts";
import { listingContent } from "./page-listing.ts";
import { renderContents } from "./page-parts.ts";
import { elementsOf, frame, path, render } from "./render.test-kit.ts";
import { renderSitemap } from "./sitemap.ts";
import { stylesheet } from "./stylesheet.ts";

const item = (title: string, href: string, more: object = {}) => ({
  title,
  href: asSitePath(href),
  current: false,
  children: [],
  ...more,
});
const full: PageFrame = {
  ...frame,
  baseUrl: "https://a.example/docs/",
  navigation: [
    item("Other", "o.html"),
    item("Notes", "notes/index.html", { children: [item("<A>", "notes/a.html", { current: true })] }),
  ],
  backlinks: [{ href: asSitePath("o.html"), title: "Other" }],
};
const page = (text: string, given: PageFrame = full) => renderPageHtml(render(text), given);

describe("the default layout", () => {
  it("[D14] has the landmarks, the head and the ways through the site that a page needs", () => {
    const elements = elementsOf(page("First paragraph.\n\n## One\n\n## Two\n"));
    const one = (name: string) => elements.filter((element) => element.name === name);
    expect(one("html")[0]?.attributes["lang"]).toBe("en");
    expect(one("title")[0]?.text).toBe("Title · Site");
    expect(one("h1").map(({ text }) => text)).toEqual(["Title"]);
    expect(one("main")).toHaveLength(1);
    expect(one("script")).toEqual([]);
    expect(one("meta").map(({ attributes }) => attributes["content"])).toContain("First paragraph.");
    expect(one("link").map(({ attributes }) => attributes["href"])).toEqual([
      "https://a.example/docs/notes/a.html",
      "../strata.css",
    ]);
    const skip = one("a")[0]?.attributes["href"]?.slice(1);
    expect(one("main")[0]?.attributes["id"]).toBe(skip);
    const current = elements.filter(({ attributes }) => attributes["aria-current"] === "page");
    expect(current.map(({ name, text }) => [name, text])).toEqual([
      ["a", "<A>"],
      ["li", "Title"],
    ]);
    const links = one("a").map(({ attributes }) => attributes["href"]);
    expect(links).toEqual(
      expect.arrayContaining(["../o.html", "index.html", "a.html", "../index.html", "#one", "#two"]),
    );
    const ids = elements.flatMap(({ attributes }) => attributes["id"] ?? []);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("[D14] shows the document's own first heading instead of its title", () => {
    const elements = elementsOf(page("# Own\n"));
    expect(elements.filter(({ name }) => name === "h1").map(({ text }) => text)).toEqual(["Own"]);
  });

  it("[D14] takes the description from the front matter first", () => {
    const description = (text: string) => render(text).description;
    expect(description("---\ndescription: D\n---\nText")).toBe("D");
    expect(description("![x](y.png)\n\nText *with* [[markup|marks]]")).toBe("Text with marks");
    expect(description("word ".repeat(100))?.length).toBeLessThanOrEqual(161);
    expect(description("# Only a heading")).toBe(null);
  });

  it("[D14] nests the contents by level, whatever levels are left out", () => {
    const heading = (level: number, anchor: string) => ({ level, text: anchor, anchor, line: 1 });
    const html = renderContents([
      heading(3, "a"),
      heading(2, "b"),
      heading(4, "c"),
      heading(3, "d"),
      heading(2, "e"),
    ]);
    const depths = elementsOf(html)
      .filter(({ name }) => name === "a")
      .map(({ text, parents }) => [text, parents.filter((parent) => parent === "ul").length]);
    expect(depths).toEqual([
      ["a", 1],
      ["b", 1],
      ["c", 2],
      ["d", 2],
      ["e", 1],
    ]);
    expect(html.split("<ul>").length).toBe(html.split("</ul>").length);
    expect(html.split("<li>").length).toBe(html.split("</li>").length);
  });

  it("[D14] lists what a folder holds", () => {
    const content = listingContent([{ href: asSitePath("notes/b.html"), title: "B & C" }]);
    const link = elementsOf(renderPageHtml(content, frame)).find(({ text }) => text === "B & C");
    expect(link).toBeDefined();
    expect(renderPageHtml(content, frame)).toContain('<a href="b.html">B &amp; C</a>');
  });
});

/** Relative luminance and contrast. Source: WCAG 2.2. */
function contrast(a: string, b: string): number {
  const luminance = (hex: string): number => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

describe("the style sheet", () => {
  const schemes = stylesheet
    .split("@media (prefers-color-scheme: dark)")
    .map(
      (half) =>
        new Map(
          [...half.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(([, name = "", hex = ""]) => [name, hex]),
        ),
    );

  it.each([
    ["light", schemes[0]],
    ["dark", schemes[1]],
  ])("[D15] is readable in the %s: every text at least 4.5 to 1 on all it stands on", (_name, colours) => {
    const colour = (name: string): string => colours?.get(name) ?? "missing";
    const texts = [...(colours?.keys() ?? [])].filter(
      (name) => !/^(?:paper|panel|line|accent-soft|mark|code-add|code-del)$/.test(name),
    );
    expect(texts.length).toBeGreaterThan(12);
    for (const text of texts) {
      for (const ground of ["paper", "panel"]) {
        expect(contrast(colour(text), colour(ground)), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
      }
    }
    for (const [text, ground] of [
      ["ink", "mark"],
      ["accent", "accent-soft"],
      ["ink", "code-add"],
      ["ink", "code-del"],
    ]) {
      expect(contrast(colour(text ?? ""), colour(ground ?? ""))).toBeGreaterThanOrEqual(4.5);
    }
  });

  it("[D15] is small, loads nothing and has its braces paired", () => {
    expect(stylesheet.length).toBeLessThan(13_000);
    expect(stylesheet).not.toMatch(/url\(|@import/);
    expect(stylesheet.split("{").length).toBe(stylesheet.split("}").length);
  });
});

describe("a layout of the project", () => {
  const fill = (text: string) =>
    renderWithLayout({ path: path("layout.html"), text }, render("Hi & bye\n\n## A\n\n## B\n"), full);

  it("[D16] is filled with the documented variables", () => {
    const variables =
      "title siteTitle language description canonical root stylesheet content toc navigation breadcrumbs backlinks".split(
        " ",
      );
    for (const name of variables) {
      const result = fill(`{{{${name}}}}`);
      expect(result.ok && result.html !== "", name).toBe(true);
    }
    const result = fill('<link href="{{stylesheet}}"><a href="{{root}}">{{title}}</a>{{{content}}}');
    expect(result.ok && result.html).toContain(
      '<link href="../strata.css"><a href="../">Title</a><h1>Title</h1>\n<p>Hi &amp; bye</p>',
    );
  });

  it("[D16] that is no template is a fault with its file and line", () => {
    for (const bad of ["a\nb {{#title}} c", "a\n{{/title}}", "a\nb {{title"]) {
      const result = fill(bad);
      expect(result.ok ? "" : result.fault.message).toMatch(/^The layout layout\.html .*line 2\.$/);
    }
  });
});

describe("the site map", () => {
  it("[D17] has the address of every page, an index as its folder", () => {
    const xml = renderSitemap("https://a.example/", [
      asSitePath("index.html"),
      asSitePath("b/index.html"),
      asSitePath("ü & x.html"),
    ]);
    const addresses = [...xml.matchAll(/<loc>(.*)<\/loc>/g)].map(([, address]) => address);
    expect(addresses).toEqual([
      "https://a.example/",
      "https://a.example/b/",
      "https://a.example/%C3%BC%20%26%20x.html",
    ]);
  });
});
