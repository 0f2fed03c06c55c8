import { renderWithLayout, type LayoutResult } from "../documents/layout-template.ts";
import { renderPageHtml, type PageContent } from "../documents/page-html.ts";
import type { PageFrame } from "../model/render.ts";
import type { LayoutRead } from "./read-layouts.ts";

/** The page in the default layout, or in the project's own. */
export function assemblePage(content: PageContent, frame: PageFrame, read: LayoutRead): LayoutResult {
  if (!read.ok) return read;
  if (read.layout === null) return { ok: true, html: renderPageHtml(content, frame) };
  return renderWithLayout(read.layout, content, frame);
}
