import type { SitePath } from "../model/ids.ts";
import { escapeHtml } from "./escape-html.ts";
import type { PageContent } from "./page-html.ts";
import { siteHref } from "./render-href.ts";

/** What a folder without an index document shows: the pages and folders in it. */
export function listingContent(
  entries: readonly { readonly href: SitePath; readonly title: string }[],
): PageContent {
  const items = entries.map(
    ({ href, title }) => `<li><a href="${siteHref(href)}">${escapeHtml(title)}</a></li>\n`,
  );
  const html =
    items.length === 0
      ? "<p>This folder is empty.</p>\n"
      : `<ul class="strata-listing">\n${items.join("")}</ul>\n`;
  return { html, headings: [], description: null };
}
