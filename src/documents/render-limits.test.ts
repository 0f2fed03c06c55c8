import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canHighlight, highlightCode } from "./highlight.ts";
import { renderPageHtml } from "./page-html.ts";
import { prepareDocument, codeBlocks } from "./render-document.ts";
import { elementsOf, frame, path, render } from "./render.test-kit.ts";

const bombs: Readonly<Record<string, (n: number) => string>> = {
  "open brackets": (n) => "[".repeat(n),
  "image brackets": (n) => "![".repeat(n),
  "wikilink brackets": (n) => "[[a ".repeat(n),
  "links in links": (n) => "[a](".repeat(n),
  emphasis: (n) => "*a **b ".repeat(n),
  "closing emphasis": (n) => "a** b* ".repeat(n),
  marks: (n) => "==a ".repeat(n),
  dollars: (n) => "$a ".repeat(n),
  "dollar pairs": (n) => "$$ a $".repeat(n),
  percents: (n) => "%% ".repeat(n) + "%",
  "comment lines": (n) => "%%a\n\n".repeat(n),
  quotes: (n) => `${"> ".repeat(n)}a`,
  lists: (n) => Array.from({ length: Math.sqrt(n) * 4 }, (_, i) => `${"  ".repeat(i)}- a`).join("\n"),
  "raw tags": (n) => "<b>".repeat(n),
  "raw end tags": (n) => `<p>${"</b>".repeat(n)}`,
  "raw attributes": (n) => `<p ${"a=b ".repeat(n)}>`,
  "unclosed tags": (n) => "<a href='".repeat(n),
  comments: (n) => "<!-- ".repeat(n),
  scripts: (n) => "<script>".repeat(n),
  addresses: (n) => "https://a.example/(((".repeat(n),
  carets: (n) => "a ^b\n\n".repeat(n),
  callouts: (n) => "> [!note\n\n".repeat(n),
  "empty headings": (n) => "#\n".repeat(n),
  entities: (n) => "&#".repeat(n),
  backticks: (n) => Array.from({ length: Math.sqrt(n) }, (_, i) => "`".repeat(i)).join(" "),
  tables: (n) => `|${"a|".repeat(100)}\n|${"-|".repeat(100)}\n${"|a\n".repeat(n / 100)}`,
};

/** Processor time of the better of two runs, in milliseconds: it counts what other programs do the least. */
function timeOf(run: () => unknown): number {
  return Math.min(
    ...[1, 2].map(() => {
      const start = process.cpuUsage();
      run();
      return process.cpuUsage(start).user / 1000;
    }),
  );
}

describe("limits", () => {
  it.each(Object.entries(bombs))("[D18] takes time in proportion: %s", (_name, bomb) => {
    for (const syntax of ["markdown", "html"] as const) {
      const [small, large] = [bomb(1000), bomb(16_000)];
      render(small, { syntax });
      const before = timeOf(() => render(small, { syntax }));
      const after = timeOf(() => render(large, { syntax }));
      // Sixteen times the input; quadratic work would take 256 times as long.
      expect(after).toBeLessThan(Math.max(before, 2) * 48);
    }
  });

  it("[D18] leaves out what is nested too deep, says so, and keeps the rest", () => {
    const body = render(`${"> ".repeat(5000)}deep\n\nafter\n`);
    expect(body.problems.map(({ code }) => code)).toEqual(["nested-too-deep"]);
    expect(body.html).toContain("after");
    const depth = Math.max(
      ...elementsOf(render("<div>".repeat(5000)).html).map(({ parents }) => parents.length),
    );
    expect(depth).toBeLessThan(250);
  });

  it("[D19] never throws, and gives the same page for the same document", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 300 }),
        fc.constantFrom("markdown" as const, "html" as const),
        (text, syntax) => {
          const once = renderPageHtml(render(text, { syntax }), frame);
          expect(renderPageHtml(render(text, { syntax }), frame)).toBe(once);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("code", () => {
  it("[D12] is marked up in languages that are known, and stays the same text", () => {
    const block = { language: "js", code: 'const a = "<b>" && 1; // c\n' };
    const html = highlightCode(block);
    expect(elementsOf(`<pre>${html}</pre>`)[0]?.text).toBe(block.code);
    expect(html).toContain("hljs-keyword");
  });

  it("[D12] is shown as it is when its language is unknown or it is longer than 50,000 characters", () => {
    expect(highlightCode({ language: "nonesuch", code: "<a>" })).toBe("&lt;a&gt;");
    expect(canHighlight({ language: "js", code: "x".repeat(50_000) })).toBe(true);
    expect(canHighlight({ language: "js", code: "x".repeat(50_001) })).toBe(false);
    expect(canHighlight({ language: "", code: "x" })).toBe(false);
  });

  it("[D12] is listed block by block, so that it can be looked up before rendering", () => {
    const text = "```JS {1,2}\na\n```\n\n    b\n\n> ~~~rust,ignore\n> c\n> ~~~\n";
    const prepared = prepareDocument({
      path: path("a.md"),
      syntax: "markdown",
      text,
      part: { type: "page" },
    });
    expect(codeBlocks(prepared)).toEqual([
      { language: "js", code: "a\n" },
      { language: "", code: "b\n" },
      { language: "rust", code: "c\n" },
    ]);
  });
});
