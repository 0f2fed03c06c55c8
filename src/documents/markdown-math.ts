import type { MarkdownIt, StateInline } from "markdown-it";

/**
 * `$…$` and `$$…$$` stay as they are written: no emphasis, no links inside. A single `$` opens only before a sign
 * that is no space, and closes only behind one and not before a digit, so that prices are no mathematics.
 */
export function mathematics(md: MarkdownIt): void {
  md.inline.ruler.before("escape", "math", math);
}

function math(state: StateInline, silent: boolean): boolean {
  const { src, pos, posMax } = state;
  if (src.charCodeAt(pos) !== 0x24) return false;
  const end =
    src.charCodeAt(pos + 1) === 0x24 ? endOfDisplay(src, pos + 2) : endOfInline(src, pos + 1, posMax);
  if (end < 0 || end > posMax) return false;
  if (!silent) state.push("math", "", 0).content = src.slice(pos, end);
  state.pos = end;
  return true;
}

function endOfDisplay(source: string, from: number): number {
  const close = source.indexOf("$$", from);
  return close < 0 ? -1 : close + 2;
}

/** The next `$` decides: a search past it would be quadratic on a text full of prices. */
function endOfInline(source: string, from: number, max: number): number {
  if (isSpace(source.charCodeAt(from))) return -1;
  const close = source.indexOf("$", from);
  if (close <= from || close >= max || isSpace(source.charCodeAt(close - 1))) return -1;
  return isDigit(source.charCodeAt(close + 1)) ? -1 : close + 1;
}

const isSpace = (unit: number): boolean => unit === 0x20 || unit === 0x09 || unit === 0x0a;
const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39;
