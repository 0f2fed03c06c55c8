import type { ContentHash, SitePath } from "./ids.ts";
import type { ReferenceForm } from "./facts.ts";
import type { ProjectPath } from "../base/project-path.ts";

/** One file of a `<picture>`. */
export type PictureSource = {
  readonly href: SitePath;
  readonly width: number;
  readonly height: number;
  /** MIME type. */
  readonly type: string;
};

/** An image as a page shows it. `sources` ascend by width within a type; pass-through images have one. */
export type Picture = {
  readonly sources: readonly PictureSource[];
  /** Pixels of the original as shown; 0 when unknown (an SVG without a size). */
  readonly width: number;
  readonly height: number;
};

/**
 * What a reference leads to, decided while planning. Places are site paths, so that the same fragment can stand in
 * pages of any folder; the renderer makes them relative to its page at the very end.
 */
export type ResolvedReference =
  | {
      readonly type: "page";
      readonly href: SitePath;
      /** Without `#`; "" for the page as a whole. */
      readonly anchor: string;
      /** What a wikilink without a label shows. */
      readonly title: string;
    }
  | { readonly type: "picture"; readonly picture: Picture }
  | { readonly type: "file"; readonly href: SitePath }
  | {
      readonly type: "fragment";
      /** The artifact of the embedded fragment: UTF-8 HTML. */
      readonly hash: ContentHash;
      readonly href: SitePath;
      readonly anchor: string;
      readonly title: string;
    }
  | { readonly type: "external"; readonly url: string }
  | { readonly type: "broken" };

/** How a document's references resolve: `referenceKey` of each to its target. */
export type ResolvedReferences = { readonly [key: string]: ResolvedReference };

/** The key under which the planner files a reference and the renderer finds it again. */
export function referenceKey(form: ReferenceForm, target: string, anchor: string): string {
  return `${form}\n${target}\n${anchor}`;
}

/**
 * The key of a wikilink that turned out to be written label first, `[[label|target]]`. The renderer looks here first,
 * and shows the resolved `title`. The label is part of the key, because equal labels may lead to different targets.
 */
export function labelFirstKey(form: ReferenceForm, target: string, label: string): string {
  return `${form} label-first\n${target}\n${label}`;
}

/** One entry of the folder tree beside a page. Only the folders on the way to the page carry `children`. */
export type NavigationItem = {
  readonly title: string;
  readonly href: SitePath;
  readonly current: boolean;
  readonly children: readonly NavigationItem[];
};

export type Backlink = { readonly href: SitePath; readonly title: string };

/** What a page needs beyond its own document: all of it part of the page's task key. */
export type PageFrame = {
  readonly siteTitle: string;
  readonly language: string;
  readonly baseUrl: string | null;
  /** Where the page stands in the site. */
  readonly sitePath: SitePath;
  readonly title: string;
  readonly navigation: readonly NavigationItem[];
  readonly backlinks: readonly Backlink[];
  /** Where the style sheet stands in the site. */
  readonly stylesheet: SitePath;
};

/** The part of a document that is rendered: the whole of it, or what stands under one heading or block id. */
export type Part = { readonly path: ProjectPath; readonly anchor: string };
