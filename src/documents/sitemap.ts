import { escapeHtml } from "./escape-html.ts";
import type { SitePath } from "../model/ids.ts";
import { absoluteUrl } from "./page-html.ts";

/**
 * The site map of all pages in the order given, without dates, so that the same site gives the same bytes. Search
 * engines read the first 50,000. Source: sitemaps.org, protocol 0.9.
 */
export function renderSitemap(baseUrl: string, pages: readonly SitePath[]): string {
  const urls = pages.map((page) => `<url><loc>${escapeHtml(absoluteUrl(baseUrl, page))}</loc></url>\n`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${urls.join("")}</urlset>
`;
}
