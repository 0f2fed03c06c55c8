import { decodeEntity, isPunctuation } from "./character-references.ts";
import { ForwardSearch } from "./forward-search.ts";
import { splitWikilink, wikilinkText } from "./reference-target.ts";

/** A run of `*`, `_`, `~` or `=` that may turn out to be markup; `text` is what stays of it. */
type Delimiter = { readonly piece: number; readonly sign: string; length: number };

/**
 * The plain text of a heading or label from its Markdown source: markup, tags and addresses removed, escapes and
 * character references decoded, line breaks as spaces. It reads the source alone (no reference definitions), so the
 * scan and the renderer cannot disagree. Cost: linear.
 */
export function headingText(source: string): string {
  const trimmed = source.trim();
  const state: State = {
    source: trimmed,
    search: new ForwardSearch(trimmed),
    at: 0,
    pieces: [],
    delimiters: [],
    open: new Map(),
    brackets: [],
    deadEnds: new Set(),
  };
  while (state.at < state.source.length) step(state);
  return state.pieces.join("").replaceAll("\n", " ").trim();
}

type State = {
  readonly source: string;
  readonly search: ForwardSearch;
  at: number;
  readonly pieces: string[];
  readonly delimiters: Delimiter[];
  /** How many of `delimiters` each sign has. */
  readonly open: Map<string, number>;
  /** Indices into `pieces` of `[` and `![` that may open a link. */
  readonly brackets: number[];
  /** Closers that were sought to the end in vain, so that they are not sought again. */
  readonly deadEnds: Set<string>;
};

const special = new Set("\\`<&*_~=![]".split(""));

function step(state: State): void {
  const { source, at } = state;
  const sign = source[at] ?? "";
  if (!special.has(sign)) return plain(state);
  if (sign === "\\") return escaped(state);
  if (sign === "`") return codeSpan(state);
  if (sign === "<") return tag(state);
  if (sign === "&") return entity(state);
  if (sign === "]") return closeBracket(state);
  if (sign === "[" || (sign === "!" && source[at + 1] === "[")) return openBracket(state);
  if (sign === "!") return keep(state, 1);
  emphasis(state, sign);
}

function keep(state: State, length: number): void {
  state.pieces.push(state.source.slice(state.at, state.at + length));
  state.at += length;
}

function plain(state: State): void {
  let end = state.at + 1;
  while (end < state.source.length && !special.has(state.source[end] ?? "")) end++;
  keep(state, end - state.at);
}

function escaped(state: State): void {
  const next = state.source[state.at + 1];
  if (next !== "\n" && !isPunctuation(next)) return keep(state, 1);
  state.at++;
  keep(state, 1);
}

function runLength(source: string, at: number): number {
  let end = at;
  while (source[end] === source[at]) end++;
  return end - at;
}

function codeSpan(state: State): void {
  const { source, at } = state;
  const length = runLength(source, at);
  const ticks = "`".repeat(length);
  let close = state.deadEnds.has(ticks) ? -1 : source.indexOf(ticks, at + length);
  while (close >= 0 && runLength(source, close) !== length) {
    close = source.indexOf(ticks, close + runLength(source, close));
  }
  if (close < 0) {
    state.deadEnds.add(ticks);
    return keep(state, length);
  }
  const code = source.slice(at + length, close).replaceAll("\n", " ");
  const padded = code.startsWith(" ") && code.endsWith(" ") && code.trim() !== "";
  state.pieces.push(padded ? code.slice(1, -1) : code);
  state.at = close + length;
}

/** A tag leaves nothing; an autolink leaves its address. */
function tag(state: State): void {
  const { source, at } = state;
  const end = state.search.next(">", at);
  if (end < 0 || !/[a-z/!?]/i.test(source[at + 1] ?? "")) return keep(state, 1);
  const inside = source.slice(at + 1, end);
  if (/^[a-z][a-z0-9+.-]{1,31}:[^\s<]*$/i.test(inside) || /^[^\s<>@]+@[^\s<>@]+$/.test(inside)) {
    state.pieces.push(inside);
  }
  state.at = end + 1;
}

function entity(state: State): void {
  const found = decodeEntity(state.source, state.at);
  if (found === undefined) return keep(state, 1);
  state.pieces.push(found.text);
  state.at = found.end;
}

function openBracket(state: State): void {
  const { source, at } = state;
  const length = source[at] === "!" ? 2 : 1;
  if (source[at + length] === "[" && wikilink(state, at + length + 1)) return;
  if (length === 1 && source[at + 1] === "^") {
    const end = state.search.next("]", at);
    if (end > at + 2) {
      state.at = end + 1;
      return;
    }
  }
  state.brackets.push(state.pieces.length);
  keep(state, length);
}

function wikilink(state: State, start: number): boolean {
  const end = wikilinkEnd(state.search, start);
  if (end === undefined) return false;
  state.pieces.push(wikilinkText(splitWikilink(state.source.slice(start, end))));
  state.at = end + 2;
  return true;
}

/**
 * Where the `]]` stands that ends a wikilink whose inside begins at `start`; `undefined` when there is none. The
 * inside is one line without brackets.
 */
export function wikilinkEnd(search: ForwardSearch, start: number): number | undefined {
  const end = search.next("]", start);
  if (end <= start || search.next("]]", start) !== end) return undefined;
  return search.within("\n", start, end) || search.within("[", start, end) ? undefined : end;
}

/** `](…)` and `][…]` behind an open bracket: the brackets and the address go, the text stays. */
function closeBracket(state: State): void {
  const opener = state.brackets.pop();
  const end = opener === undefined ? -1 : addressEnd(state);
  if (opener === undefined || end < 0) return keep(state, 1);
  state.pieces[opener] = "";
  state.at = end;
}

function addressEnd(state: State): number {
  const { source, at } = state;
  const open = source[at + 1];
  if (open === "[") {
    const end = state.search.next("]", at + 2);
    return end < 0 ? -1 : end + 1;
  }
  if (open !== "(" || state.deadEnds.has(")")) return -1;
  let depth = 0;
  for (let i = at + 1; i < source.length; i++) {
    if (source[i] === "\\") i++;
    else if (source[i] === "(") depth++;
    else if (source[i] === ")" && --depth === 0) return i + 1;
  }
  state.deadEnds.add(")");
  return -1;
}

const isSpace = (sign: string | undefined): boolean => sign === undefined || /\s/.test(sign);
const isWord = (sign: string | undefined): boolean => sign !== undefined && /[\p{L}\p{N}_]/u.test(sign);

/**
 * Emphasis, strong, strike-through and highlight: a closer takes the nearest opener of its sign, and what stays
 * unmatched is text. Underscores inside a word are text.
 */
function emphasis(state: State, sign: string): void {
  const { source, at } = state;
  const length = runLength(source, at);
  const [before, after] = [source[at - 1], source[at + length]];
  const paired = sign === "*" || sign === "_" || length === 2;
  const canClose = paired && !isSpace(before) && !(sign === "_" && isWord(after));
  const canOpen = paired && !isSpace(after) && !(sign === "_" && isWord(before));
  let left = length;
  if (canClose) left = closeDelimiters(state, sign, left);
  if (left > 0 && canOpen) {
    state.delimiters.push({ piece: state.pieces.length, sign, length: left });
    state.open.set(sign, (state.open.get(sign) ?? 0) + 1);
  }
  state.pieces.push(sign.repeat(left));
  state.at += length;
}

/** Takes up to `length` signs off the openers nearest before; what is left of `length` comes back. */
function closeDelimiters(state: State, sign: string, length: number): number {
  let left = length;
  while (left > 0 && (state.open.get(sign) ?? 0) > 0) {
    const opener = state.delimiters.at(-1);
    if (opener === undefined) break;
    const taken = opener.sign === sign ? Math.min(left, opener.length) : 0;
    left -= taken;
    opener.length -= taken;
    if (taken > 0) state.pieces[opener.piece] = sign.repeat(opener.length);
    if (opener.length > 0 && taken > 0) break;
    // An opener of another sign inside the pair can find no closer any more: it is text.
    state.delimiters.pop();
    state.open.set(opener.sign, (state.open.get(opener.sign) ?? 0) - 1);
  }
  return left;
}
