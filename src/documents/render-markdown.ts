import { markdownEngine, type ParsedMarkdown } from "./markdown-engine.ts";
import type { ReferenceRenderer } from "./render-references.ts";
import { balance } from "./sanitize-balance.ts";
import { sanitizeHtml } from "./sanitize-html.ts";

export type MarkdownBodyOptions = {
  readonly renderer: ReferenceRenderer;
  readonly ids: "kept" | "dropped";
  /** The inside of `<code>` for each block of code. */
  readonly code: readonly string[];
};

/** The HTML of a parsed Markdown document, raw HTML cleaned, tags paired. */
export function renderMarkdownBody(parsed: ParsedMarkdown, options: MarkdownBodyOptions): string {
  const { renderer, ids, code } = options;
  const html = markdownEngine().render(parsed, {
    link: (address, title, line) => renderer.link(address, title, line),
    image: (address, shown, line) => renderer.image(address, shown, line),
    wikilink: (parts, line) => renderer.wikilink(parts, line),
    embed: (parts, line) => renderer.embed(parts, line),
    isBlock: (parts) => renderer.isFragment(parts),
    html: (raw, line) => sanitizeHtml(raw, { references: renderer, line, ids }),
    code: (index) => code[index] ?? "",
  });
  // What Markdown alone writes is paired already.
  return parsed.hasHtml ? balance(html) : html;
}
