import type { Delimiter, MarkdownIt, StateInline } from "markdown-it";

const sign = 0x3d;

/** `==text==` as `<mark>`, paired by the same rules and in the same pass as emphasis. */
export function marks(md: MarkdownIt): void {
  md.inline.ruler.before("emphasis", "mark", tokenize);
  md.inline.ruler2.before("emphasis", "mark", pair);
}

function tokenize(state: StateInline, silent: boolean): boolean {
  if (silent || state.src.charCodeAt(state.pos) !== sign) return false;
  const scanned = state.scanDelims(state.pos, true);
  if (scanned.length !== 2) {
    // `===` is a rule or an operator, never a mark.
    state.pending += "=".repeat(scanned.length);
    state.pos += scanned.length;
    return true;
  }
  state.push("text", "", 0).content = "==";
  state.delimiters.push({
    marker: sign,
    length: 0,
    token: state.tokens.length - 1,
    end: -1,
    open: scanned.can_open,
    close: scanned.can_close,
  });
  state.pos += 2;
  return true;
}

function pair(state: StateInline): void {
  pairDelimiters(state, state.delimiters);
  for (const meta of state.tokens_meta) if (meta?.delimiters) pairDelimiters(state, meta.delimiters);
}

function pairDelimiters(state: StateInline, delimiters: readonly Delimiter[]): void {
  for (const opener of delimiters) {
    if (opener.marker !== sign || opener.end === -1) continue;
    const closer = delimiters[opener.end];
    turnInto(state, opener.token, "mark_open", 1);
    if (closer !== undefined) turnInto(state, closer.token, "mark_close", -1);
  }
}

function turnInto(state: StateInline, index: number, type: string, nesting: 1 | -1): void {
  const token = state.tokens[index];
  if (token === undefined) return;
  token.type = type;
  token.tag = "mark";
  token.nesting = nesting;
  token.markup = "==";
  token.content = "";
}
