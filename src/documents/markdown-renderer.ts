import type { Env, MarkdownIt, RendererRule, Token } from "markdown-it";
import {
  calloutClose,
  calloutOpen,
  calloutTitleClose,
  calloutTitleOpen,
  type CalloutMeta,
} from "./callouts.ts";
import { attribute, escapeHtml } from "./escape-html.ts";
import { metaOf, renderStateOf } from "./markdown-state.ts";
import { taskBox } from "./markdown-tasks.ts";
import type { WikilinkMeta } from "./markdown-wikilinks.ts";
import type { Shown } from "./render-picture.ts";

type Renderer = MarkdownIt["renderer"];

const textOf = (token: Token | undefined, name: string): string => String(token?.attrGet(name) ?? "");
const lineOf = (token: Token | undefined): number => token?.map?.[0] ?? 1;

const linkOpen: RendererRule = (tokens, index, _options, env) => {
  const { hooks, openLinks } = renderStateOf(env);
  const token = tokens[index];
  const tags = hooks.link(textOf(token, "href"), textOf(token, "title"), lineOf(token));
  openLinks.push(tags.close);
  return tags.open;
};

const linkClose: RendererRule = (_tokens, _index, _options, env) => renderStateOf(env).openLinks.pop() ?? "";

const image =
  (renderer: Renderer): RendererRule =>
  (tokens, index, options, env) => {
    const token = tokens[index];
    const alt = renderer.renderInlineAsText(token?.children ?? [], options, env);
    const shown: Shown = { ...sizedAlt(alt), title: textOf(token, "title") };
    return renderStateOf(env).hooks.image(textOf(token, "src"), shown, lineOf(token));
  };

/** Obsidian writes the shown size behind the alternative text: `![alt|300](a.png)`, or alone: `![300](a.png)`. */
function sizedAlt(alt: string): Pick<Shown, "alt" | "width" | "height"> {
  const match = /^(?:(.*)\|)?\s*(\d{1,5})(?:x(\d{1,5}))?\s*$/s.exec(alt);
  if (match === null) return { alt };
  const height = match[3] === undefined ? {} : { height: Number(match[3]) };
  return { alt: match[1]?.trim() ?? "", width: Number(match[2]), ...height };
}

const wikilink: RendererRule = (tokens, index, _options, env) => {
  const { parts } = metaOf<WikilinkMeta>(tokens[index]);
  return renderStateOf(env).hooks.wikilink(parts, lineOf(tokens[index]));
};

const embed: RendererRule = (tokens, index, _options, env) => {
  const { parts } = metaOf<WikilinkMeta>(tokens[index]);
  return renderStateOf(env).hooks.embed(parts, lineOf(tokens[index]));
};

const html: RendererRule = (tokens, index, _options, env) => {
  const token = tokens[index];
  return renderStateOf(env).hooks.html(token?.content ?? "", lineOf(token));
};

const code: RendererRule = (tokens, index, _options, env) => {
  const token = tokens[index];
  const inside = renderStateOf(env).hooks.code(metaOf<{ index: number }>(token).index);
  const id = attribute("id", textOf(token, "id"));
  return `<pre${id} tabindex="0"><code${languageClass(token)}>${inside}</code></pre>\n`;
};

function languageClass(token: Token | undefined): string {
  const language = token?.type === "fence" ? /^\s*([^\s,{}:]+)/.exec(token.info)?.[1] : undefined;
  return language === undefined ? "" : attribute("class", `language-${language.toLowerCase()}`);
}

/** A paragraph that holds an embedded fragment is a `<div>`, since a section inside `<p>` would end it. */
const paragraphOpen =
  (renderer: Renderer): RendererRule =>
  (tokens, index, options, env) => {
    const token = tokens[index];
    if (token === undefined || !holdsBlock(tokens[index + 1], env)) {
      return renderer.renderToken(tokens, index, options);
    }
    token.hidden = false;
    return `<div${renderer.renderAttrs(token)}>`;
  };

const paragraphClose =
  (renderer: Renderer): RendererRule =>
  (tokens, index, options, env) =>
    holdsBlock(tokens[index - 1], env) ? "</div>\n" : renderer.renderToken(tokens, index, options);

function holdsBlock(inline: Token | undefined, env: Env | undefined): boolean {
  if (inline === undefined || inline.children === null || !inline.content.includes("![[")) return false;
  const { hooks } = renderStateOf(env);
  return inline.children.some(
    (child) => child.type === "embed" && hooks.isBlock(metaOf<WikilinkMeta>(child).parts),
  );
}

/** Alignment as an attribute: a page may forbid inline styles. */
const cell: RendererRule = (tokens, index) => {
  const token = tokens[index];
  const align = /text-align:(\w+)/.exec(textOf(token, "style"))?.[1];
  return `<${token?.tag ?? "td"}${attribute("align", align)}>`;
};

type CalloutTag = (meta: CalloutMeta, id: string) => string;

const quote =
  (renderer: Renderer, tag: CalloutTag): RendererRule =>
  (tokens, index, options) => {
    const token = tokens[index];
    if (token === undefined || token.meta === null) return renderer.renderToken(tokens, index, options);
    return tag(metaOf<CalloutMeta>(token), textOf(token, "id"));
  };

const calloutTitle =
  (tag: CalloutTag): RendererRule =>
  (tokens, index) =>
    tag(metaOf<CalloutMeta>(tokens[index]), "");

const tableOpen =
  (renderer: Renderer): RendererRule =>
  (tokens, index) => {
    const token = tokens[index];
    const attributes = token === undefined ? "" : renderer.renderAttrs(token);
    return `<div class="table" tabindex="0"><table${attributes}>\n`;
  };

/** Footnotes have ids with a colon, which no heading and no block can have. */
type FootnoteMeta = { readonly id: number; readonly subId?: number };

function footnoteName(token: Token | undefined, env: Env | undefined): string {
  const { id } = metaOf<FootnoteMeta>(token);
  const prefix = typeof env?.docId === "string" ? `${env.docId}:` : "";
  return `${prefix}${id + 1}`;
}

function footnoteRefName(token: Token | undefined, env: Env | undefined): string {
  const sub = metaOf<FootnoteMeta>(token).subId ?? 0;
  return `${footnoteName(token, env)}${sub > 0 ? `:${sub}` : ""}`;
}

const footnoteRef: RendererRule = (tokens, index, _options, env) => {
  const token = tokens[index];
  const number = metaOf<FootnoteMeta>(token).id + 1;
  return `<sup class="footnote-ref"><a href="#fn:${footnoteName(token, env)}" id="fnref:${footnoteRefName(token, env)}">${number}</a></sup>`;
};

const footnoteAnchor: RendererRule = (tokens, index, _options, env) =>
  ` <a href="#fnref:${footnoteRefName(tokens[index], env)}" class="footnote-back" aria-label="Back to the text">↩︎</a>`;

/** How each token of the dialect becomes HTML; those not named are markdown-it's own. */
export function renderRules(renderer: Renderer): Readonly<Record<string, RendererRule>> {
  return {
    link_open: linkOpen,
    link_close: linkClose,
    image: image(renderer),
    wikilink,
    embed,
    comment: () => "",
    math: (tokens, index) => escapeHtml(tokens[index]?.content ?? ""),
    task_box: (tokens, index) => taskBox(tokens[index]?.info ?? ""),
    html_inline: html,
    html_block: html,
    fence: code,
    code_block: code,
    paragraph_open: paragraphOpen(renderer),
    paragraph_close: paragraphClose(renderer),
    th_open: cell,
    td_open: cell,
    table_open: tableOpen(renderer),
    table_close: () => "</table></div>\n",
    blockquote_open: quote(renderer, calloutOpen),
    blockquote_close: quote(renderer, calloutClose),
    callout_title_open: calloutTitle(calloutTitleOpen),
    callout_title_close: calloutTitle(calloutTitleClose),
    footnote_ref: footnoteRef,
    footnote_anchor: footnoteAnchor,
    footnote_block_open: () => `<section class="footnotes">\n<ol>\n`,
    footnote_block_close: () => "</ol>\n</section>\n",
    footnote_open: (tokens, index, _options, env) => `<li id="fn:${footnoteName(tokens[index], env)}">`,
  };
}
