import { compareNames } from "../base/byte-order.ts";
import type { ProjectPath } from "../base/project-path.ts";
import { sectionRange } from "../documents/sections.ts";
import { listingFolders, pageSitePath } from "../documents/site-paths.ts";
import type { DocumentFacts } from "../model/facts.ts";
import type { ResourceId, SitePath } from "../model/ids.ts";
import type { Backlink } from "../model/render.ts";
import { fileId, fragmentId, listingId, pageId } from "../model/resource.ts";
import { relate, sortedIds, type Draft } from "./blueprint-draft.ts";
import { planReferences, titleOf, type PlannedLink } from "./blueprint-references.ts";
import type { PlannedReferences, Surroundings } from "./target.ts";

type Documents = ReadonlyMap<ProjectPath, { readonly facts: DocumentFacts; readonly links: PlannedLink[] }>;

/** Plans every page, the fragments that pages and fragments embed, and the listings of folders without an index. */
export function planPages(draft: Draft): void {
  const documents = planDocuments(draft);
  planFragments(draft, documents);
  const backlinks = collectBacklinks(draft, documents);
  for (const [path, { links }] of documents) {
    const surroundings = surround(draft, pageSitePath(draft.sitePaths, path));
    planPage(draft, path, links, {
      ...surroundings,
      title: titleOf(draft, path),
      backlinks: backlinks.get(path) ?? [],
    });
  }
  planListings(draft);
}

function planDocuments(draft: Draft): Documents {
  const documents = new Map<ProjectPath, { facts: DocumentFacts; links: PlannedLink[] }>();
  for (const path of [...draft.sources.keys()].sort(compareNames)) {
    const facts = draft.sources.get(path)?.facts;
    if (facts?.type !== "document" || path === draft.settings.layout) continue;
    documents.set(path, { facts, links: planReferences(draft, path, facts.references) });
  }
  return documents;
}

/**
 * Makes a target of each embedded part, and of what stands embedded inside it. An embed belongs to a part when it
 * stands within the part's lines, so a section that embeds another of its own file is no cycle.
 */
function planFragments(draft: Draft, documents: Documents): void {
  const waiting = [...documents.values()].flatMap(({ links }) => links);
  for (let link = waiting.pop(); link !== undefined; link = waiting.pop()) {
    if (link.fragment === null) continue;
    const { path, anchor } = link.fragment;
    const document = documents.get(path);
    if (document === undefined || draft.targets.has(fragmentId(path, anchor))) continue;
    const links = linksWithin(document.facts, document.links, anchor);
    planFragment(draft, link.fragment, links);
    waiting.push(...links);
  }
}

function linksWithin(
  facts: DocumentFacts,
  links: readonly PlannedLink[],
  anchor: string,
): readonly PlannedLink[] {
  if (anchor === "") return links;
  const range = sectionRange(facts, anchor, Number.MAX_SAFE_INTEGER);
  if (range === undefined) return [];
  return links.filter(({ reference: { line } }) => line >= range.firstLine && line <= range.lastLine);
}

function planFragment(
  draft: Draft,
  { path, anchor }: { path: ProjectPath; anchor: string },
  links: readonly PlannedLink[],
): void {
  const id = fragmentId(path, anchor);
  const inputs = sortedIds([fileId(path), ...links.flatMap((link) => link.inputs)]);
  draft.targets.set(id, {
    id,
    kind: "fragment",
    sitePath: null,
    inputs,
    path,
    anchor,
    references: byKey(links),
  });
  relateInputs(draft, id, path, links);
}

function planPage(
  draft: Draft,
  path: ProjectPath,
  links: readonly PlannedLink[],
  around: Surroundings,
): void {
  const id = pageId(path);
  const sitePath = pageSitePath(draft.sitePaths, path);
  const inputs = [fileId(path), ...links.flatMap((link) => link.inputs), ...layoutInput(around.layout)];
  draft.targets.set(id, {
    id,
    kind: "page",
    sitePath,
    inputs: sortedIds(inputs),
    path,
    references: byKey(links),
    ...around,
  });
  relateInputs(draft, id, path, links);
  relateLayout(draft, id, around.layout);
}

function relateInputs(draft: Draft, id: ResourceId, path: ProjectPath, links: readonly PlannedLink[]): void {
  relate(draft, id, fileId(path), ["depends-on"]);
  for (const { reference, inputs, fragment } of links) {
    const type = fragment === null ? "uses-image" : "embeds";
    for (const input of inputs) relate(draft, id, input, [type, { line: reference.line }]);
    if (inputs.includes(id)) draft.selfEmbeds.set(id, reference.line);
  }
}

function byKey(links: readonly PlannedLink[]): PlannedReferences {
  return Object.fromEntries(links.map(({ key, planned }) => [key, planned]));
}

function surround(draft: Draft, sitePath: SitePath): Surroundings {
  return {
    title: "",
    navigation: draft.memory.navigationFor(draft.site, sitePath),
    backlinks: [],
    layout:
      draft.settings.layout !== null && draft.sources.has(draft.settings.layout)
        ? draft.settings.layout
        : null,
  };
}

const layoutInput = (layout: ProjectPath | null): readonly ResourceId[] =>
  layout === null ? [] : [fileId(layout)];

function relateLayout(draft: Draft, id: ResourceId, layout: ProjectPath | null): void {
  if (layout !== null) relate(draft, id, fileId(layout), ["uses-layout"]);
}

/** For each document, the documents that link to it, each once, by path. */
function collectBacklinks(draft: Draft, documents: Documents): ReadonlyMap<ProjectPath, readonly Backlink[]> {
  const backlinks = new Map<ProjectPath, Backlink[]>();
  for (const [path, { links }] of documents) {
    const linked = new Set(links.map((link) => link.linkedPage ?? link.fragment?.path ?? null));
    const entry = { href: pageSitePath(draft.sitePaths, path), title: titleOf(draft, path) };
    for (const target of linked) {
      if (target === null || target === path) continue;
      const entries = backlinks.get(target);
      if (entries === undefined) backlinks.set(target, [entry]);
      else entries.push(entry);
    }
  }
  return backlinks;
}

function planListings(draft: Draft): void {
  for (const { folder, sitePath, title, entries } of listingFolders(draft.sitePaths, draft.sources)) {
    const id = listingId(folder);
    const around = {
      ...surround(draft, sitePath),
      title: title === "" ? siteTitleOf(draft) : title,
    };
    draft.targets.set(id, {
      id,
      kind: "listing",
      sitePath,
      inputs: layoutInput(around.layout),
      folder,
      entries,
      ...around,
    });
    relateLayout(draft, id, around.layout);
  }
}

const siteTitleOf = (draft: Draft): string => draft.settings.title ?? "Contents";
