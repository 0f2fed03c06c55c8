import type { StateCore, Token } from "markdown-it";
import { attribute, escapeHtml } from "./escape-html.ts";

/** What a `blockquote_open` token carries once it is known to be a callout. */
export type CalloutMeta = {
  readonly kind: string;
  /** `-`: folded, `+`: can be folded, "": stays open. */
  readonly fold: string;
};

/** Obsidian's other names for the same callout. */
const aliases: Readonly<Record<string, string>> = {
  abstract: "summary",
  attention: "warning",
  check: "success",
  cite: "quote",
  done: "success",
  error: "danger",
  fail: "failure",
  faq: "question",
  help: "question",
  hint: "tip",
  missing: "failure",
  tldr: "summary",
};

/**
 * Quotes that begin with `[!kind]` become callouts: Obsidian's, with a title and a fold sign, and GitHub's alerts. Run
 * between blocks and inlines: the title becomes an inline of its own. Cost: one pass over the tokens.
 */
export function findCallouts(state: StateCore): void {
  const { tokens } = state;
  const kinds: (CalloutMeta | null)[] = [];
  const result: Token[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (token === undefined) break;
    if (token.type === "blockquote_open") {
      const head = headOf(tokens, i);
      kinds.push(head?.meta ?? null);
      if (head !== undefined) {
        i += openCallout(state, token, head, { tokens, at: i, result });
        continue;
      }
    } else if (token.type === "blockquote_close") token.meta = kinds.pop() ?? null;
    result.push(token);
  }
  state.tokens = result;
}

type Head = { readonly meta: CalloutMeta; readonly title: string; readonly rest: string };

/** The kind, title and remaining text when the quote at `at` begins with `[!kind]`. */
function headOf(tokens: readonly Token[], at: number): Head | undefined {
  const inline = tokens[at + 2];
  if (tokens[at + 1]?.type !== "paragraph_open" || inline?.type !== "inline") return undefined;
  if (!inline.content.startsWith("[!")) return undefined;
  const newline = inline.content.indexOf("\n");
  const first = newline < 0 ? inline.content : inline.content.slice(0, newline);
  const match = /^\[!([\w-]{1,40})(?:\|[^\]]*)?\]([+-]?)(?=\s|$)/.exec(first);
  if (match === null) return undefined;
  const kind = (match[1] ?? "").toLowerCase();
  const title = first.slice(match[0].length).trim();
  const rest = newline < 0 ? "" : inline.content.slice(newline + 1);
  return {
    meta: { kind: aliases[kind] ?? kind, fold: match[2] ?? "" },
    title: title || capitalised(kind),
    rest,
  };
}

type Place = { readonly tokens: readonly Token[]; readonly at: number; readonly result: Token[] };

/** Pushes the quote, its title and what is left of its first paragraph; answers how many tokens that took in. */
function openCallout(state: StateCore, quote: Token, head: Head, { tokens, at, result }: Place): number {
  quote.meta = head.meta;
  const open = new state.Token("callout_title_open", "", 1);
  const close = new state.Token("callout_title_close", "", -1);
  open.meta = head.meta;
  close.meta = head.meta;
  const line = tokens[at + 2]?.map?.[0] ?? 0;
  result.push(quote, open, inlineToken(state, head.title, [line, line + 1]), close);
  const paragraph = tokens[at + 1];
  const inline = tokens[at + 2];
  const end = tokens[at + 3];
  if (head.rest !== "" && paragraph !== undefined && end !== undefined) {
    result.push(paragraph, inlineToken(state, head.rest, [line + 1, inline?.map?.[1] ?? line + 2]), end);
  }
  return 3;
}

function inlineToken(state: StateCore, content: string, map: [number, number]): Token {
  const token = new state.Token("inline", "", 0);
  token.content = content;
  token.children = [];
  token.map = map;
  return token;
}

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** The tags of a callout, whose block id may be ""; a quote without `[!kind]` stays a quote. */
export function calloutOpen(meta: CalloutMeta, id: string): string {
  const attributes =
    `${attribute("id", id).trimStart()} class="callout" data-callout="${escapeHtml(meta.kind)}"`.trimStart();
  if (meta.fold === "") return `<aside ${attributes} role="note">\n`;
  return `<details ${attributes}${meta.fold === "+" ? " open" : ""}>\n`;
}

export const calloutClose = (meta: CalloutMeta): string => (meta.fold === "" ? "</aside>\n" : "</details>\n");

export const calloutTitleOpen = (meta: CalloutMeta): string =>
  meta.fold === "" ? `<p class="callout-title">` : `<summary class="callout-title">`;

export const calloutTitleClose = (meta: CalloutMeta): string =>
  meta.fold === "" ? "</p>\n" : "</summary>\n";
