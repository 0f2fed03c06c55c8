import { compareNames } from "../base/byte-order.ts";
import { sitemapPath, stylesheetPath } from "../documents/site-paths.ts";
import type { SitePath } from "../model/ids.ts";
import { feedId } from "../model/resource.ts";
import type { EmitInput } from "../tasks/emit/spec.ts";
import type { Draft } from "./blueprint-draft.ts";

/** Plans the files that are made from the project as a whole. */
export function planFeeds(draft: Draft): void {
  planFeed(draft, "stylesheet", stylesheetPath(draft.sitePaths), { type: "stylesheet" });
  const { baseUrl } = draft.settings;
  if (baseUrl === null) return;
  planFeed(draft, "sitemap", sitemapPath(draft.sitePaths), {
    type: "sitemap",
    baseUrl,
    pages: pagesOf(draft),
  });
}

function planFeed(draft: Draft, name: string, sitePath: SitePath, emit: EmitInput): void {
  const id = feedId(name);
  draft.targets.set(id, { id, kind: "feed", sitePath, inputs: [], emit });
}

function pagesOf(draft: Draft): readonly SitePath[] {
  return [...draft.targets.values()]
    .flatMap((target) => (target.kind === "page" || target.kind === "listing" ? [target.sitePath] : []))
    .filter((path) => path !== null)
    .sort(compareNames);
}
