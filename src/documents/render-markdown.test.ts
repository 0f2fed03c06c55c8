import { describe, expect, it } from "vitest";
import { asContentHash, asSitePath } from "../model/ids.ts";
import { elementsOf, html, render, path } from "./render.test-kit.ts";

const named = (source: string, name: string) => elementsOf(source).filter((element) => element.name === name);

describe("the dialect", () => {
  it("[D2] has GFM's tables, struck text, tasks and plain addresses", () => {
    const table = html("| a | b |\n|:-:|--:|\n| 1 | 2 |\n");
    expect(named(table, "td").map(({ attributes, text }) => [attributes["align"], text])).toEqual([
      ["center", "1"],
      ["right", "2"],
    ]);
    expect(html("~~gone~~")).toBe("<p><s>gone</s></p>\n");
    const tasks = named(html("- [x] did\n- [ ] will\n- plain\n"), "input");
    expect(tasks.map(({ attributes }) => "checked" in attributes)).toEqual([true, false]);
    expect(html("- [ ] a <b>b</b>\n")).toMatch(/<input[^>]*> a <b>b<\/b><\/li>/);
    expect(html("see https://a.example/x_y_z?q=1. And")).toContain('<a href="https://a.example/x_y_z?q=1"');
  });

  it.each([
    ["www.example.com", "http://www.example.com"],
    ["(https://example.com/a(b))", "https://example.com/a(b)"],
    ["https://example.com/a&amp;", "https://example.com/a"],
    ["**http://example.com**", "http://example.com"],
    ["http://example.com/日本", "http://example.com/%E6%97%A5%E6%9C%AC"],
  ])("[D2] ends a plain address where GFM does: %s", (source, address) => {
    expect(named(html(source), "a")[0]?.attributes["href"]).toBe(address);
  });

  it.each(["xhttps://example.com", "`https://example.com`", "https://", "www."])(
    "[D2] makes no link of %s",
    (source) => {
      expect(named(html(source), "a")).toEqual([]);
    },
  );

  it("[D3] has footnotes, marks, comments and block ids, and leaves mathematics alone", () => {
    const note = html("Text[^n]\n\n[^n]: The *note*\n");
    const reference = named(note, "a").find(({ text }) => text === "1");
    const target = reference?.attributes["href"]?.slice(1);
    expect(elementsOf(note).find(({ attributes }) => attributes["id"] === target)?.text).toContain(
      "The note",
    );
    expect(html("a ==b *c*== d")).toBe("<p>a <mark>b <em>c</em></mark> d</p>\n");
    expect(html("a === b == c")).toBe("<p>a === b == c</p>\n");
    expect(html("a %%b%% c\n\n%%\nd\n\ne\n%%\n\nf")).toBe("<p>a  c</p>\n<p>f</p>\n");
    expect(html("50 %% left")).toBe("<p>50 %% left</p>\n");
    expect(html("$a_1 * b_2$ and $$x_{1}\n*y*$$")).toBe("<p>$a_1 * b_2$ and $$x_{1}\n*y*$$</p>\n");
    expect(html("from $5 to *$6*")).toBe("<p>from $5 to <em>$6</em></p>\n");
    expect(html("A paragraph. ^one")).toBe('<p id="^one">A paragraph.</p>\n');
    expect(html("- item ^two\n")).toContain('<li id="^two">item</li>');
    expect(html("> quote\n\n^three\n")).toContain('<blockquote id="^three">');
  });

  it("[D3] gives headings the anchors of the scan, repeated ones numbered", () => {
    expect(html("# A b\n\n## A b\n\nC *d*\n---\n")).toBe(
      '<h1 id="a-b">A b</h1>\n<h2 id="a-b-1">A b</h2>\n<h2 id="c-d">C <em>d</em></h2>\n',
    );
  });

  it("[D4] turns marked quotes into callouts: asides, or details that fold", () => {
    const [aside] = named(html("> [!NOTE]\n> Text\n"), "aside");
    expect(aside?.attributes["data-callout"]).toBe("note");
    expect(aside?.text.trim().split(/\s+/)).toEqual(["Note", "Text"]);
    const folded = html("> [!hint]- A *title*\n> Text\n> > [!bug]+\n> > inner\n");
    const details = named(folded, "details");
    expect(details.map(({ attributes }) => ["open" in attributes, attributes["data-callout"]])).toEqual([
      [false, "tip"],
      [true, "bug"],
    ]);
    expect(folded).toContain('<summary class="callout-title">A <em>title</em></summary>');
    expect(named(html("> [!tip] T\n\n^id\n"), "aside")[0]?.attributes["id"]).toBe("^id");
    expect(named(html("> [!no kind] text"), "blockquote")).toHaveLength(1);
    expect(named(html("> text [!note]"), "blockquote")).toHaveLength(1);
  });

  it("[D4] takes front matter away and keeps the lines of what follows", () => {
    const body = render("---\ntitle: Secret\n---\n\n[x](y.md)\n");
    expect(body.html).not.toContain("Secret");
    expect(body.problems.map(({ line }) => line)).toEqual([5]);
  });
});

describe("fragments", () => {
  const source =
    "# One\n\ntext[^a]\n\n## Two\n\n- x ^b\n- y\n\n## Three\n\n[ref] end\n\n[ref]: z.md\n[^a]: note\n";
  const part = (anchor: string) => ({ part: { type: "fragment", anchor } as const });

  it("[D5] hold the part asked for, with the definitions of the whole document, and no ids", () => {
    expect(render(source, part("two")).html).toBe("<h2>Two</h2>\n<ul>\n<li>x</li>\n<li>y</li>\n</ul>\n");
    expect(render(source, part("^b")).html).toBe("<ul>\n<li>x</li>\n</ul>\n");
    const three = render(source, {
      ...part("three"),
      references: { "link\nz.md\n": { type: "page", href: asSitePath("z.html"), anchor: "", title: "Z" } },
    });
    expect(three.problems).toEqual([]);
    expect(named(three.html, "a")).toHaveLength(1);
    expect(named(render(source, part("one")).html, "section")[0]?.text).toContain("note");
    const ids = (anchor: string) =>
      elementsOf(render(source, part(anchor)).html).flatMap((e) => e.attributes["id"] ?? []);
    expect(ids("two")).toEqual([]);
    expect(ids("one").every((id) => id.includes("notes/a.md"))).toBe(true);
  });

  it("[D5] say so when the part is not there", () => {
    const body = render(source, part("four"));
    expect(body.html).toBe("");
    expect(body.problems.map(({ code }) => code)).toEqual(["missing-section"]);
  });

  it("[D5] stand in a section with a link to their source, never inside a paragraph", () => {
    const hash = asContentHash("00000000000000aa");
    const body = render("before ![[b#Two]] after", {
      references: {
        "embed\nb\nTwo": { type: "fragment", hash, href: asSitePath("b.html"), anchor: "two", title: "B" },
      },
      fragments: new Map([[hash, "<p>inside</p>\n"]]),
      path: path("a.md"),
    });
    const section = elementsOf(body.html).find(({ name }) => name === "section");
    expect(section?.attributes["class"]).toBe("embed");
    expect(section?.parents).toEqual(["div"]);
    expect(section?.text).toContain("inside");
    expect(named(body.html, "a")[0]?.attributes["href"]).toBe("\0b.html\0#two");
  });
});
