import GithubSlugger, { slug } from "github-slugger";
import { headingText } from "./heading-text.ts";

/** What the headings of one document are called, asked in document order. */
export type Anchors = {
  /**
   * The anchor of the next heading, from its Markdown source without `#` signs or underline (what markdown-it calls
   * the `content` of its inline token). Unique among all that this object gave: `intro`, `intro-1`, `intro-2`.
   */
  ofHeading(source: string): string;
  /** The same, from text that carries no markup: a heading of an HTML document that has no `id` of its own. */
  ofText(text: string): string;
};

/**
 * Anchors as GitHub makes them. The scan and the renderer both ask this file, so a link's `#…` that the scan found
 * is the `id` that the page carries. Cost: one pass over each heading.
 */
export function createAnchors(): Anchors {
  const slugger = new GithubSlugger();
  // A heading of punctuation alone has an empty slug, and an empty `id` is no place to link to.
  const ofText = (text: string): string => slugger.slug(slug(text) === "" ? "section" : text);
  return { ofText, ofHeading: (source) => ofText(headingText(source)) };
}

/** The anchor of an Obsidian block id: kept apart from headings by its caret. */
export function blockAnchor(id: string): string {
  return `^${id}`;
}
