import { Parser } from "htmlparser2";
import createMarkdownIt, { type MarkdownIt, type StateInline, type Token } from "markdown-it";
import footnote from "markdown-it-footnote";
import { splitAddress, splitWikilink } from "./reference-target.ts";
import { scanMarkdown } from "./scan-markdown.ts";

/** What the scan finds, in the form in which `askMarkdownIt` answers. */
export function foundByScan(body: string): string[] {
  const { references, headings } = scanMarkdown(body, 1);
  return [
    ...references.map(
      ({ form, target, anchor }) => `${form} ${JSON.stringify(target)} ${JSON.stringify(anchor)}`,
    ),
    ...headings.map(({ level, line: at }) => `heading h${level} ${at}`),
  ].sort();
}

/**
 * A full parser's answer to what the scan finds, each reference and heading as one line of text, sorted. It shares
 * with the scan only how an address is split.
 */
export function askMarkdownIt(body: string): string[] {
  const lines: string[] = [];
  for (const token of engine.parse(body, {})) {
    if (token.type === "html_block") lines.push(...tagsIn(token.content));
    for (const child of token.children ?? []) {
      if (child.type === "link_open") lines.push(line("link", String(child.attrGet("href") ?? "")));
      if (child.type === "image") {
        lines.push(line("image", String(child.attrGet("src") ?? "")));
        lines.push(...imagesIn(child.children ?? []));
      }
      if (child.type === "html_inline") lines.push(...tagsIn(child.content));
      if (child.type === "wikilink") lines.push(wikilinkLine(child.markup, child.content));
    }
    if (token.type === "heading_open") lines.push(`heading ${token.tag} ${(token.map?.[0] ?? 0) + 1}`);
  }
  return lines.sort();
}

/** Images stand inside the alternative texts of images, and so may links and wikilinks. */
function imagesIn(children: readonly Token[]): string[] {
  return children.flatMap((child) => {
    if (child.type === "link_open") return [line("link", String(child.attrGet("href") ?? ""))];
    if (child.type === "html_inline") return tagsIn(child.content);
    if (child.type === "wikilink") return [wikilinkLine(child.markup, child.content)];
    if (child.type !== "image") return [];
    return [line("image", String(child.attrGet("src") ?? "")), ...imagesIn(child.children ?? [])];
  });
}

function line(form: string, address: string): string {
  const { target, anchor } = splitAddress(address);
  return `${form} ${JSON.stringify(target)} ${JSON.stringify(anchor)}`;
}

function wikilinkLine(form: string, inside: string): string {
  const { target, anchor } = splitWikilink(inside);
  return `${form} ${JSON.stringify(target)} ${JSON.stringify(anchor)}`;
}

function tagsIn(html: string): string[] {
  const lines: string[] = [];
  const parser = new Parser({
    onopentag(name, attributes) {
      if (["a", "area", "link"].includes(name) && attributes["href"] !== undefined) {
        lines.push(line("link", attributes["href"]));
      }
      if (attributes["src"] !== undefined) lines.push(line("image", attributes["src"]));
      if (name === "video" && attributes["poster"] !== undefined)
        lines.push(line("image", attributes["poster"]));
      for (const part of (attributes["srcset"] ?? "").split(/,\s+/)) {
        const address = part.trim().split(/\s+/)[0] ?? "";
        if (address !== "") lines.push(line("image", address));
      }
    },
  });
  parser.end(html);
  return lines;
}

const engine = createEngine();

function createEngine(): MarkdownIt {
  const md = createMarkdownIt({ html: true, linkify: false }).use(footnote);
  md.disable(["footnote_inline", "footnote_tail", "footnote_ref"]);
  md.normalizeLink = (url) => url;
  md.validateLink = () => true;
  addWikilinks(md);
  addComments(md);
  addBlockComments(md);
  return md;
}

const wikilink = /!?\[\[(?!\s*\])([^\n[\]]+)\]\]/y;

function addWikilinks(md: MarkdownIt): void {
  md.inline.ruler.before("link", "wikilink", (state: StateInline, silent: boolean) => {
    wikilink.lastIndex = state.pos;
    const found = wikilink.exec(state.src);
    if (found === null) return false;
    if (!silent) {
      const token = state.push("wikilink", "", 0);
      token.markup = found[0].startsWith("!") ? "embed" : "wikilink";
      token.content = found[1] ?? "";
    }
    state.pos += found[0].length;
    return true;
  });
}

/** `%%` that opens a line and ends on a later one, over any blocks. */
function addBlockComments(md: MarkdownIt): void {
  const options = { alt: ["paragraph", "reference", "blockquote", "list"] };
  md.block.ruler.before(
    "fence",
    "comment",
    (state, startLine, endLine, silent) => {
      const lineOf = (i: number): string =>
        state.src.slice((state.bMarks[i] ?? 0) + (state.tShift[i] ?? 0), state.eMarks[i]);
      if (!lineOf(startLine).startsWith("%%") || lineOf(startLine).slice(2).includes("%%")) return false;
      let last = startLine + 1;
      while (last < endLine && !lineOf(last).includes("%%")) last++;
      if (last >= endLine) return false;
      if (!silent) state.line = last + 1;
      return true;
    },
    options,
  );
}

/** Inline `%%…%%`, whose sign markdown-it's rule for text would run over. */
function addComments(md: MarkdownIt): void {
  md.inline.ruler.before("text", "comment", (state: StateInline, silent: boolean) => {
    if (!state.src.startsWith("%%", state.pos)) return false;
    const end = state.src.indexOf("%%", state.pos + 2);
    if (end < 0) return false;
    if (!silent) state.push("comment", "", 0);
    state.pos = end + 2;
    return true;
  });
}
