import type { StateCore, Token } from "markdown-it";

/**
 * GFM's extended autolinks: `https://…`, `http://…` and `www.…` in plain text become links. Written by hand because a
 * general link finder costs more than the rest of the parse. Source: GFM 0.29, section 6.9.
 */
export function linkAddresses(state: StateCore): void {
  for (const token of state.tokens) {
    if (token.children === null || !mayHold(token.content)) continue;
    token.children = linkChildren(state, token.children);
  }
}

const mayHold = (text: string): boolean => text.includes("://") || text.includes("www.");

function linkChildren(state: StateCore, children: readonly Token[]): Token[] {
  const result: Token[] = [];
  let depth = 0;
  for (const token of children) {
    depth += linkDepth(token);
    if (depth > 0 || token.type !== "text" || !mayHold(token.content)) result.push(token);
    else linkText(state, token, result);
  }
  return result;
}

/** Links of Markdown and of raw HTML alike: a link cannot hold another. */
function linkDepth(token: Token): number {
  if (token.type === "link_open") return 1;
  if (token.type === "link_close") return -1;
  if (token.type !== "html_inline") return 0;
  if (/^<a[\s>]/i.test(token.content)) return 1;
  return /^<\/a[\s>]/i.test(token.content) ? -1 : 0;
}

function linkText(state: StateCore, token: Token, result: Token[]): void {
  const { content, level } = token;
  const pattern = /(?:https?:\/\/|www\.)[^\s<]+/gi;
  let kept = 0;
  for (let match = pattern.exec(content); match !== null; match = pattern.exec(content)) {
    const address = trimmed(match[0]);
    if (!isBoundary(content[match.index - 1]) || !hasDomain(address)) continue;
    if (match.index > kept) result.push(textToken(state, content.slice(kept, match.index), level));
    result.push(...linkTokens(state, address, level));
    kept = match.index + address.length;
    pattern.lastIndex = kept;
  }
  if (kept === 0) result.push(token);
  else if (kept < content.length) result.push(textToken(state, content.slice(kept), level));
}

const isBoundary = (before: string | undefined): boolean =>
  before === undefined || /[\s*_~("'\u3000-\u303f\uff00-\uffef]/.test(before);

const hasDomain = (address: string): boolean =>
  /^(?:https?:\/\/)?[\p{L}\p{N}][\p{L}\p{N}_-]*(?:\.[\p{L}\p{N}_-]+)*(?:[/:?#]|$)/iu.test(address) &&
  (/^www\./i.test(address) ? address.length > 4 : true);

/** The address without the punctuation of the sentence around it, and without a bracket that it does not open. */
function trimmed(address: string): string {
  let end = address.length;
  let surplus = count(address, ")") - count(address, "(");
  for (; end > 0; end--) {
    const last = address[end - 1] ?? "";
    if (last === ")" && surplus > 0) surplus--;
    else if (!trailing.has(last)) break;
  }
  return address.slice(0, end).replace(/&[a-z0-9]{1,31};$/i, "");
}

const trailing = new Set("?!.,:*_~'\"".split(""));

function count(text: string, sign: string): number {
  return text.split(sign).length - 1;
}

function textToken(state: StateCore, content: string, level: number): Token {
  const token = new state.Token("text", "", 0);
  token.content = content;
  token.level = level;
  return token;
}

function linkTokens(state: StateCore, address: string, level: number): Token[] {
  const open = new state.Token("link_open", "a", 1);
  open.attrs = [["href", /^www\./i.test(address) ? `http://${address}` : address]];
  open.level = level;
  open.markup = "autolink";
  const close = new state.Token("link_close", "a", -1);
  close.level = level;
  return [open, textToken(state, address, level + 1), close];
}
