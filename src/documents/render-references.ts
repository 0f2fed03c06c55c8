import type { ProjectPath } from "../base/project-path.ts";
import type { ReferenceForm } from "../model/facts.ts";
import type { ContentHash } from "../model/ids.ts";
import type { Problem } from "../model/problem.ts";
import {
  labelFirstKey,
  referenceKey,
  type ResolvedReference,
  type ResolvedReferences,
} from "../model/render.ts";
import { attribute, escapeHtml } from "./escape-html.ts";
import {
  isExternal,
  isExternalName,
  splitAddress,
  wikilinkText,
  type TargetParts,
} from "./reference-target.ts";
import { encodeUrl, siteHref } from "./render-href.ts";
import { largestSource, renderPicture, type Shown } from "./render-picture.ts";
import { isSafeImage, isSafeLink } from "./sanitize-policy.ts";

/** The two tags around a link's text. */
export type LinkTags = { readonly open: string; readonly close: string };

/** What a document's references are rendered with. */
export type ReferenceSources = {
  readonly path: ProjectPath;
  readonly references: ResolvedReferences;
  /** The HTML of each embedded fragment. */
  readonly fragments: ReadonlyMap<ContentHash, string>;
};

const inert = { type: "inert" } as const;
type Resolution = ResolvedReference | typeof inert;

/** Turns the references of one document into HTML, and collects what was wrong with them. */
export class ReferenceRenderer {
  readonly problems: Problem[] = [];
  readonly #sources: ReferenceSources;

  constructor(sources: ReferenceSources) {
    this.#sources = sources;
  }

  /** The tags of a link; `line` is where it stands in the file. */
  link(address: string, title: string, line: number): LinkTags {
    const parts = splitAddress(address);
    return this.#linkTags(this.#resolve("link", parts, line), parts, title, line);
  }

  /** An image of Markdown. */
  image(address: string, shown: Shown, line: number): string {
    const parts = splitAddress(address);
    const resolution = this.#resolve("image", parts, line);
    return this.#shownImage(resolution, parts, shown, line);
  }

  /** `[[…]]`: escaped text in its tags. */
  wikilink(parts: TargetParts, line: number): string {
    const resolution = this.#resolveWikilink("wikilink", parts, line);
    return this.#wikilink(resolution, parts, line);
  }

  /** `![[…]]`: an image, a fragment, or a link where neither can stand. */
  embed(parts: TargetParts, line: number): string {
    const resolution = this.#resolveWikilink("embed", parts, line);
    if (resolution.type === "fragment") return this.#fragment(resolution);
    const size = /^(\d{1,5})(?:x(\d{1,5}))?$/.exec(parts.label);
    if (resolution.type === "picture") {
      const alt = size === null && parts.label !== "" ? parts.label : parts.target;
      return renderPicture(resolution.picture, { alt, title: "", ...sizeOf(size) });
    }
    if (resolution.type === "external" && isSafeImage(resolution.url)) {
      return this.#shownImage(resolution, parts, { alt: parts.label, title: "", ...sizeOf(size) }, line);
    }
    return this.#media(resolution) ?? this.#wikilink(resolution, parts, line);
  }

  /** Whether an embed becomes an element that cannot stand inside a paragraph. */
  isFragment(parts: TargetParts): boolean {
    return this.#find("embed", parts)?.type === "fragment";
  }

  /** How the `src` or `poster` of an element of HTML resolves. */
  source(address: string, line: number): Resolution {
    return this.#resolve("image", splitAddress(address), line);
  }

  /** One address that may be loaded, ready to stand in an attribute; `undefined` when there is none. */
  sourceHref(address: string, line: number): string | undefined {
    return loadableHref(this.source(address, line));
  }

  #resolve(form: ReferenceForm, parts: TargetParts, line: number): Resolution {
    const found = this.#sources.references[referenceKey(form, parts.target, parts.anchor)];
    if (found !== undefined) return found;
    const isAddress = form === "wikilink" || form === "embed" ? isExternalName : isExternal;
    if (isAddress(parts.target)) return { type: "external", url: parts.target };
    this.#report(undeclared(parts), line);
    return inert;
  }

  #resolveWikilink(form: ReferenceForm, parts: TargetParts, line: number): Resolution {
    return this.#find(form, parts) ?? this.#resolve(form, parts, line);
  }

  #find(form: ReferenceForm, parts: TargetParts): ResolvedReference | undefined {
    const { references } = this.#sources;
    const labelFirst =
      parts.label === "" ? undefined : references[labelFirstKey(form, parts.target, parts.label)];
    return labelFirst ?? references[referenceKey(form, parts.target, parts.anchor)];
  }

  #linkTags(resolution: Resolution, parts: TargetParts, title: string, line: number): LinkTags {
    const titled = attribute("title", title);
    if (resolution.type === "external") {
      if (!isSafeLink(resolution.url)) return this.#unsafe(parts, line);
      const url = attributeUrl(resolution.url);
      return { open: `<a href="${url}" rel="noopener noreferrer"${titled}>`, close: "</a>" };
    }
    const href = hrefOf(resolution);
    if (href === undefined) return brokenTags(parts);
    return { open: `<a href="${href}"${titled}>`, close: "</a>" };
  }

  #wikilink(resolution: Resolution, parts: TargetParts, line: number): string {
    const titled = resolution.type === "page" || resolution.type === "fragment" ? resolution.title : "";
    const isLabelFirst = this.#isLabelFirst(parts);
    const unlabelled = titled === "" ? "" : titleWithPart(titled, parts);
    const text = (isLabelFirst ? titled : parts.label || unlabelled) || wikilinkText(parts);
    const { open, close } = this.#linkTags(resolution, parts, "", line);
    return `${open}${escapeHtml(text)}${close}`;
  }

  #isLabelFirst(parts: TargetParts): boolean {
    const keys = (["wikilink", "embed"] as const).map((form) =>
      labelFirstKey(form, parts.target, parts.label),
    );
    return parts.label !== "" && keys.some((key) => this.#sources.references[key] !== undefined);
  }

  #shownImage(resolution: Resolution, parts: TargetParts, shown: Shown, line: number): string {
    if (resolution.type === "picture") return renderPicture(resolution.picture, shown);
    if (resolution.type === "page") {
      const { open, close } = this.#linkTags(resolution, parts, shown.title, line);
      return `${open}${escapeHtml(shown.alt || resolution.title)}${close}`;
    }
    const url = imageUrl(resolution);
    if (url !== undefined) {
      const size = attribute("width", shown.width) + attribute("height", shown.height);
      return `<img src="${url}"${size} loading="lazy" decoding="async" alt="${escapeHtml(shown.alt)}"${attribute("title", shown.title)}>`;
    }
    const tags = resolution.type === "external" ? this.#unsafe(parts, line) : brokenTags(parts);
    return `${tags.open}${escapeHtml(shown.alt || parts.target)}${tags.close}`;
  }

  #fragment(resolution: Extract<ResolvedReference, { readonly type: "fragment" }>): string {
    const html = this.#sources.fragments.get(resolution.hash) ?? "";
    const href = siteHref(resolution.href, resolution.anchor);
    const source = `<a class="embed-source" href="${href}">${escapeHtml(resolution.title)}</a>`;
    return `<section class="embed">\n${source}\n${html}</section>\n`;
  }

  #media(resolution: Resolution): string | undefined {
    if (resolution.type !== "file") return undefined;
    const extension = /\.([a-z0-9]+)$/i.exec(resolution.href)?.[1]?.toLowerCase() ?? "";
    const src = `src="${siteHref(resolution.href)}"`;
    if (videoExtensions.has(extension)) return `<video controls preload="metadata" ${src}></video>`;
    if (audioExtensions.has(extension)) return `<audio controls preload="metadata" ${src}></audio>`;
    return undefined;
  }

  #unsafe(parts: TargetParts, line: number): LinkTags {
    this.#report(unsafeAddress(parts), line);
    return { open: `<span class="broken" title="This address is not allowed">`, close: "</span>" };
  }

  #report(fault: Omit<Problem, "path" | "line">, line: number): void {
    this.problems.push({ ...fault, path: this.#sources.path, line });
  }
}

const videoExtensions = new Set(["mp4", "webm", "ogv", "mov", "m4v"]);
const audioExtensions = new Set(["mp3", "ogg", "oga", "wav", "m4a", "flac", "opus"]);

function sizeOf(match: RegExpExecArray | null): { width?: number; height?: number } {
  if (match === null) return {};
  const height = match[2] === undefined ? {} : { height: Number(match[2]) };
  return { width: Number(match[1]), ...height };
}

/** The one address that may be loaded for a `src`, ready to stand in an attribute; `undefined` when there is none. */
export function loadableHref(resolution: Resolution): string | undefined {
  if (resolution.type === "file" || resolution.type === "page") return siteHref(resolution.href);
  if (resolution.type === "external" && isSafeImage(resolution.url)) return attributeUrl(resolution.url);
  const largest = resolution.type === "picture" ? largestSource(resolution.picture) : undefined;
  return largest && siteHref(largest.href);
}

function hrefOf(resolution: Resolution): string | undefined {
  if (resolution.type === "page" || resolution.type === "fragment") {
    return siteHref(resolution.href, resolution.anchor);
  }
  if (resolution.type === "file") return siteHref(resolution.href);
  const largest = resolution.type === "picture" ? largestSource(resolution.picture) : undefined;
  return largest && siteHref(largest.href);
}

function imageUrl(resolution: Resolution): string | undefined {
  if (resolution.type === "file") return siteHref(resolution.href);
  if (resolution.type === "external" && isSafeImage(resolution.url)) return attributeUrl(resolution.url);
  return undefined;
}

/** `Note > Heading`, or the heading alone in its own note. A block's id says nothing to a reader. */
function titleWithPart(title: string, { target, anchor }: TargetParts): string {
  const headings = anchor.split("#").filter((part) => part !== "" && !part.startsWith("^"));
  if (headings.length === 0 || anchor.includes(":#")) return title;
  const path = headings.join(" > ");
  return target === "" ? path : `${title} > ${path}`;
}

function attributeUrl(url: string): string {
  return escapeHtml(encodeUrl(url));
}

function brokenTags(parts: TargetParts): LinkTags {
  const place = parts.anchor === "" ? parts.target : `${parts.target}#${parts.anchor}`;
  return { open: `<span class="broken"${attribute("title", `Not found: ${place}`)}>`, close: "</span>" };
}

function undeclared(parts: TargetParts): Omit<Problem, "path" | "line"> {
  const place = parts.anchor === "" ? parts.target : `${parts.target}#${parts.anchor}`;
  return {
    code: "undeclared-reference",
    severity: "warning",
    message: `The reference to "${place}" was found while rendering but not while scanning, so it leads nowhere.`,
    remedy: "Write the reference in plain Markdown, and report how it was written as a bug.",
  };
}

function unsafeAddress(parts: TargetParts): Omit<Problem, "path" | "line"> {
  return {
    code: "unsafe-address",
    severity: "warning",
    message: `The address "${parts.target.slice(0, 80)}" could run code or is of a kind that pages may not use; it was left out.`,
    remedy: "Link to a web address, a mail address or a file of the folder.",
  };
}
