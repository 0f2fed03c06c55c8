import type { MarkdownIt, StateBlock, StateInline } from "markdown-it";

/** `%% … %%`, in a line or over several: read by Obsidian's writers alone, so it is left out. */
export function comments(md: MarkdownIt): void {
  md.block.ruler.before("fence", "comment", blockComment, {
    alt: ["paragraph", "reference", "blockquote", "list"],
  });
  md.inline.ruler.before("escape", "comment", inlineComment);
}

/** A line that begins with `%%` opens a comment up to the line that holds the next `%%`. */
function blockComment(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const start = lineStart(state, startLine);
  if (!state.src.startsWith("%%", start)) return false;
  const first = state.src.slice(start + 2, state.eMarks[startLine]);
  const close = first.indexOf("%%");
  // Text behind a comment on the same line makes it an inline comment.
  if (close >= 0 && first.slice(close + 2).trim() !== "") return false;
  let last = startLine;
  if (close < 0) {
    for (last++; last < endLine; last++) if (lineOf(state, last).includes("%%")) break;
    if (last >= endLine) return false;
  }
  if (!silent) state.line = last + 1;
  return true;
}

function lineStart(state: StateBlock, line: number): number {
  return (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0);
}

function lineOf(state: StateBlock, line: number): string {
  return state.src.slice(lineStart(state, line), state.eMarks[line]);
}

function inlineComment(state: StateInline, silent: boolean): boolean {
  if (!state.src.startsWith("%%", state.pos)) return false;
  const close = state.src.indexOf("%%", state.pos + 2);
  if (close < 0 || close + 2 > state.posMax) {
    // Nothing behind this place closes one either, so the run is taken as text at once.
    if (!silent) state.pending += "%%";
    state.pos += 2;
    return true;
  }
  if (!silent) state.push("comment", "", 0);
  state.pos = close + 2;
  return true;
}
