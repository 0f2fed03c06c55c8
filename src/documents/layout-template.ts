import mustache from "mustache";
import type { Fault } from "../base/fault.ts";
import type { ProjectPath } from "../base/project-path.ts";
import type { PageFrame } from "../model/render.ts";
import { escapeHtml } from "./escape-html.ts";
import { absoluteUrl, titleOf, type PageContent } from "./page-html.ts";
import { renderBacklinks, renderContents, renderCrumbs, renderNavigation } from "./page-parts.ts";
import { rebase, rootOf, siteHref } from "./render-href.ts";

/** A layout of the project, ready to be filled. */
export type LayoutTemplate = { readonly path: ProjectPath; readonly text: string };

export type LayoutResult =
  | { readonly ok: true; readonly html: string }
  | { readonly ok: false; readonly fault: Fault };

/**
 * The finished page in a Mustache layout of the project. The layout is the author's own code and is not cleaned; what
 * fills it is. A template that Mustache cannot read is a fault with its line. The compiled template is kept by its
 * text.
 */
export function renderWithLayout(
  layout: LayoutTemplate,
  content: PageContent,
  frame: PageFrame,
): LayoutResult {
  const text = layout.text.replaceAll("\0", "\uFFFD");
  try {
    const html = mustache.render(text, viewOf(content, frame), undefined, { escape: escapeHtml });
    return { ok: true, html: rebase(html, frame.sitePath) };
  } catch (error) {
    return { ok: false, fault: templateFault({ ...layout, text }, error) };
  }
}

/** Every variable that a layout may use. Those that hold HTML are written with three braces. */
function viewOf(content: PageContent, frame: PageFrame): Readonly<Record<string, string | boolean>> {
  return {
    title: frame.title,
    siteTitle: frame.siteTitle,
    language: frame.language,
    description: content.description ?? "",
    canonical: frame.baseUrl === null ? "" : absoluteUrl(frame.baseUrl, frame.sitePath),
    root: rootOf(frame.sitePath),
    stylesheet: rebase(siteHref(frame.stylesheet), frame.sitePath),
    content: `${titleOf(content, frame)}${content.html}`,
    toc: renderContents(content.headings),
    navigation: renderNavigation(frame.navigation, frame.sitePath),
    breadcrumbs: renderCrumbs(frame),
    backlinks: renderBacklinks(frame.backlinks),
  };
}

function templateFault({ path, text }: LayoutTemplate, error: unknown): Fault {
  const message = error instanceof Error ? error.message : String(error);
  const offset = /\bat (\d+)$/.exec(message)?.[1];
  const line = offset === undefined ? 1 : text.slice(0, Number(offset)).split("\n").length;
  const reason = message.replace(/\s*\bat \d+$/, "");
  return {
    code: "layout-error",
    severity: "error",
    message: `The layout ${path} is no valid Mustache template: ${reason}, line ${line}.`,
    remedy: `Close or remove the tag in line ${line} of ${path}, or take the layout out of strata.yaml.`,
  };
}
