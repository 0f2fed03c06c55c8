import { folderOf } from "../base/project-path.ts";
import type { Heading } from "../model/facts.ts";
import type { SitePath } from "../model/ids.ts";
import type { Backlink, NavigationItem, PageFrame } from "../model/render.ts";
import { escapeHtml } from "./escape-html.ts";
import { relativeHref, siteHref } from "./render-href.ts";

/** The folder tree as nested lists, as the page at `from` links it; "" when there is nothing to go to. */
export function renderNavigation(items: readonly NavigationItem[], from: SitePath): string {
  if (items.length === 0) return "";
  let html = "<ul>\n";
  for (const item of items) html += renderItem(item, from);
  return `${html}</ul>\n`;
}

/**
 * The HTML of closed entries, which are the same objects on every page of a batch, for the folder that asked last.
 * Without it the navigation of 1,000 pages costs as much as parsing them.
 */
const closedItems = new WeakMap<NavigationItem, { readonly folder: string; readonly html: string }>();

function renderItem(item: NavigationItem, from: SitePath): string {
  if (item.current || item.children.length > 0) {
    const children = item.children.length === 0 ? "" : `\n${renderNavigation(item.children, from)}`;
    const current = item.current ? ` aria-current="page"` : "";
    return `<li>${navigationLink(item, from, current)}${children}</li>\n`;
  }
  const folder = folderOf(from);
  const known = closedItems.get(item);
  if (known?.folder === folder) return known.html;
  const html = `<li>${navigationLink(item, from, "")}</li>\n`;
  closedItems.set(item, { folder, html });
  return html;
}

function navigationLink({ href, title }: NavigationItem, from: SitePath, current: string): string {
  return `<a href="${relativeHref(from, href)}"${current}>${escapeHtml(title)}</a>`;
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
    // A list takes in every level down to that of the list around it, so a level left out opens no empty list.
    for (; (open.at(-2) ?? 0) >= level; open.pop()) html += "</li>\n</ul>\n";
    if (level > (open.at(-1) ?? 0)) {
      html += "<ul>\n";
      open.push(level);
    } else {
      html += "</li>\n";
      open[open.length - 1] = level;
    }
    html += `<li><a href="#${escapeHtml(encodeURI(anchor))}">${escapeHtml(text)}</a>`;
  }
  return html + "</li>\n</ul>\n".repeat(open.length);
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
