import type { MarkdownIt, StateInline } from "markdown-it";
import { splitWikilink, type TargetParts } from "./reference-target.ts";

/** What the tokens `wikilink` and `embed` carry. */
export type WikilinkMeta = { readonly parts: TargetParts };

/** `[[target#heading|label]]` and `![[target]]`, on one line, without a bracket inside. */
export function wikilinks(md: MarkdownIt): void {
  md.inline.ruler.before("link", "wikilink", wikilink);
  md.inline.ruler.before("image", "embed", embed);
}

function wikilink(state: StateInline, silent: boolean): boolean {
  if (state.src.charCodeAt(state.pos) !== 0x5b) return false;
  return read(state, "wikilink", state.pos, silent);
}

function embed(state: StateInline, silent: boolean): boolean {
  if (state.src.charCodeAt(state.pos) !== 0x21) return false;
  return read(state, "embed", state.pos + 1, silent);
}

function read(state: StateInline, type: "wikilink" | "embed", start: number, silent: boolean): boolean {
  if (!state.src.startsWith("[[", start)) return false;
  const end = endOfInside(state.src, start + 2, state.posMax);
  if (end < 0) return false;
  const inside = state.src.slice(start + 2, end);
  if (inside.trim() === "") return false;
  if (!silent) {
    const meta: WikilinkMeta = { parts: splitWikilink(inside) };
    state.push(type, "", 0).meta = meta;
  }
  state.pos = end + 2;
  return true;
}

/** Where `]]` begins, or -1 when a bracket or the line's end comes first. */
function endOfInside(source: string, start: number, max: number): number {
  for (let at = start; at + 1 < max; at++) {
    const unit = source.charCodeAt(at);
    if (unit === 0x5d) return source.charCodeAt(at + 1) === 0x5d ? at : -1;
    if (unit === 0x5b || unit === 0x0a) return -1;
  }
  return -1;
}
