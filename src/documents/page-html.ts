import type { Heading } from "../model/facts.ts";
import type { SitePath } from "../model/ids.ts";
import type { PageFrame } from "../model/render.ts";
import { escapeHtml } from "./escape-html.ts";
import { renderBacklinks, renderContents, renderCrumbs, renderNavigation } from "./page-parts.ts";
import { encodePath, rebase, siteHref } from "./render-href.ts";
import { asSitePath } from "../model/ids.ts";

/** What stands in the middle of a page. */
export type PageContent = {
  readonly html: string;
  readonly headings: readonly Heading[];
  readonly description: string | null;
};

/** The finished page in the default layout. Cost: linear in the content and the navigation. */
export function renderPageHtml(content: PageContent, frame: PageFrame): string {
  return rebase(
    `${head(content, frame)}${header(frame)}${middle(content, frame)}${footer(frame)}`,
    frame.sitePath,
  );
}

/** Where the site begins. */
const home = asSitePath("index.html");

function head(content: PageContent, frame: PageFrame): string {
  const { title, siteTitle } = frame;
  const full = title === siteTitle || siteTitle === "" ? title : `${title} · ${siteTitle}`;
  const description =
    content.description === null
      ? ""
      : `<meta name="description" content="${escapeHtml(content.description)}">\n`;
  return `<!doctype html>
<html lang="${escapeHtml(frame.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(full)}</title>
${description}${canonical(frame)}<link rel="stylesheet" href="${siteHref(frame.stylesheet)}">
</head>
`;
}

function canonical({ baseUrl, sitePath }: PageFrame): string {
  if (baseUrl === null) return "";
  return `<link rel="canonical" href="${escapeHtml(absoluteUrl(baseUrl, sitePath))}">\n`;
}

/** The address of a page on the web; an index page's is that of its folder. */
export function absoluteUrl(baseUrl: string, sitePath: SitePath): string {
  return `${baseUrl}${encodePath(sitePath).replace(/(^|\/)index\.html$/, "$1")}`;
}

function header(frame: PageFrame): string {
  const navigation = renderNavigation(frame.navigation, frame.sitePath);
  const menu =
    navigation === ""
      ? ""
      : `<button class="strata-menu" type="button" popovertarget="strata:navigation">Menu</button>\n`;
  const site = `<a class="strata-site" href="${siteHref(home)}">${escapeHtml(frame.siteTitle || "Home")}</a>\n`;
  return `<body class="strata-body">
<a class="strata-skip" href="#strata:content">Skip to content</a>
<header class="strata-header">
${menu}${site}</header>
<div class="strata-frame">
${navigation === "" ? "" : `<nav class="strata-navigation" id="strata:navigation" aria-label="Site" popover>\n${navigation}</nav>\n`}`;
}

function middle(content: PageContent, frame: PageFrame): string {
  const contents = renderContents(content.headings);
  return `<main class="strata-main" id="strata:content">
${renderCrumbs(frame)}<article class="strata-article">
${titleOf(content, frame)}${content.html}</article>
${renderBacklinks(frame.backlinks)}</main>
${contents === "" ? "" : `<aside class="strata-contents" aria-label="On this page">\n<details>\n<summary>On this page</summary>\n${contents}</details>\n</aside>\n`}</div>
`;
}

/** The document's title, unless it begins with a heading of the first level of its own. */
export function titleOf(content: PageContent, frame: PageFrame): string {
  return content.headings.some(({ level }) => level === 1) ? "" : `<h1>${escapeHtml(frame.title)}</h1>\n`;
}

function footer(frame: PageFrame): string {
  const top = `<a href="#strata:content">Back to top</a>`;
  return `<footer class="strata-footer">
<a href="${siteHref(home)}">${escapeHtml(frame.siteTitle || "Home")}</a>
${top}
</footer>
</body>
</html>
`;
}
