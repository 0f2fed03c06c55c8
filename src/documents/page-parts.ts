import type { Heading } from "../model/facts.ts";
import type { Backlink, NavigationItem, PageFrame } from "../model/render.ts";
import { escapeHtml } from "./escape-html.ts";
import { siteHref } from "./render-href.ts";

/** The folder tree as nested lists; "" when there is nothing to go to. */
export function renderNavigation(items: readonly NavigationItem[]): string {
  return items.length === 0 ? "" : `<ul>\n${items.map(renderItem).join("")}</ul>\n`;
}

/** Closed entries are the same objects on every page of a batch, so their HTML is made once. */
const closedItems = new WeakMap<NavigationItem, string>();

function renderItem(item: NavigationItem): string {
  const isClosed = !item.current && item.children.length === 0;
  const known = isClosed ? closedItems.get(item) : undefined;
  if (known !== undefined) return known;
  const current = item.current ? ` aria-current="page"` : "";
  const link = `<a href="${siteHref(item.href)}"${current}>${escapeHtml(item.title)}</a>`;
  const children = item.children.length === 0 ? "" : `\n${renderNavigation(item.children)}`;
  const html = `<li>${link}${children}</li>\n`;
  if (isClosed) closedItems.set(item, html);
  return html;
}

/** The way from the top of the site to the page: the open entries of the navigation; "" at the top. */
export function renderCrumbs(frame: PageFrame): string {
  const trail = trailOf(frame.navigation);
  const above = trail.filter((item) => !item.current);
  if (above.length === 0) return "";
  const items = above.map(
    (item) => `<li><a href="${siteHref(item.href)}">${escapeHtml(item.title)}</a></li>\n`,
  );
  return `<nav class="strata-crumbs" aria-label="Breadcrumb">
<ol>
${items.join("")}<li aria-current="page">${escapeHtml(frame.title)}</li>
</ol>
</nav>
`;
}

function trailOf(navigation: readonly NavigationItem[]): NavigationItem[] {
  const trail: NavigationItem[] = [];
  let items = navigation;
  for (;;) {
    const open = items.find((item) => item.current || item.children.length > 0);
    if (open === undefined) return trail;
    trail.push(open);
    items = open.children;
  }
}

/** The headings of the second to the fourth level as nested lists; "" when there are fewer than two. */
export function renderContents(headings: readonly Heading[]): string {
  const shown = headings.filter(({ level, text }) => level >= 2 && level <= 4 && text !== "");
  if (shown.length < 2) return "";
  let html = "";
  const open: number[] = [];
  for (const { level, text, anchor } of shown) {
    while (open.length > 1 && level < (open.at(-1) ?? 0)) html += `</li>\n</ul>\n${drop(open)}`;
    if (open.length === 0 || level > (open.at(-1) ?? 0)) {
      html += "<ul>\n";
      open.push(level);
    } else html += "</li>\n";
    html += `<li><a href="#${escapeHtml(encodeURI(anchor))}">${escapeHtml(text)}</a>`;
  }
  return html + "</li>\n</ul>\n".repeat(open.length);
}

function drop(levels: number[]): string {
  levels.pop();
  return "";
}

/** The pages that link here; "" when none does. */
export function renderBacklinks(backlinks: readonly Backlink[]): string {
  if (backlinks.length === 0) return "";
  const items = backlinks.map(
    ({ href, title }) => `<li><a href="${siteHref(href)}">${escapeHtml(title)}</a></li>\n`,
  );
  return `<section class="strata-backlinks" aria-labelledby="strata:backlinks">
<h2 id="strata:backlinks">Linked from</h2>
<ul>
${items.join("")}</ul>
</section>
`;
}
