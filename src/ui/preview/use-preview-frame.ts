import { useCallback, useEffect, useRef, type RefObject } from "react";
import type { NodeRow } from "../../model/view-rows.ts";
import type { LiveView, Session } from "../../session/contract.ts";
import { isActive, useLatestRun } from "../runs/latest-run.ts";
import { useSession } from "../session-context.ts";
import { sitePathOf, usedAddresses } from "./site-address.ts";

export type PreviewFrame = {
  readonly frame: RefObject<HTMLIFrameElement | null>;
  readonly onLoad: () => void;
  readonly reload: () => void;
};

type Site = { readonly indexUrl: string; readonly nodes: LiveView<NodeRow> };
type Shown = { readonly path: string; readonly signature: string };

/**
 * Keeps an `<iframe>` at `path`: goes there when the path changes, tells where a link led, and loads again when a
 * run has changed the page or a file it shows, at the same place of the scroll.
 */
export function usePreviewFrame(path: string, onPath: (path: string) => void): PreviewFrame {
  const session = useSession();
  const frame = useRef<HTMLIFrameElement>(null);
  const shown = useRef<Shown>(null);
  const scroll = useRef<readonly [x: number, y: number]>(null);
  const run = useLatestRun();
  const running = isActive(run);

  const reload = useCallback(() => {
    const page = pageOf(frame.current);
    if (page === undefined) return;
    scroll.current = [page.scrollX, page.scrollY];
    page.location.reload();
  }, []);

  useEffect(() => {
    if (shown.current?.path === path) return;
    const url = session.previewUrl(path);
    // `replace` keeps the pages of the preview out of the history of the tab.
    if (url !== null) frame.current?.contentWindow?.location.replace(url);
  }, [session, path]);

  useEffect(() => {
    const last = shown.current;
    const site = siteOf(session);
    if (running || last === null || site === undefined) return;
    if (signatureOf(pageOf(frame.current), last.path, site) !== last.signature) reload();
  }, [running, run?.key, session, reload]);

  const onLoad = () => {
    const page = pageOf(frame.current);
    const site = siteOf(session);
    if (page === undefined || site === undefined || page.location.href === "about:blank") return;
    if (scroll.current !== null) page.scrollTo(...scroll.current);
    scroll.current = null;
    const arrived = sitePathOf(page.location.href, site.indexUrl) ?? path;
    // What is loaded in the middle of a run may be older than the rows say: then the run's end loads it again.
    const signature = running ? "unsettled" : signatureOf(page, arrived, site);
    shown.current = { path: arrived, signature };
    if (arrived !== path) onPath(arrived);
  };
  return { frame, onLoad, reload };
}

function siteOf(session: Session): Site | undefined {
  const url = session.previewUrl("index.html");
  return url === null ? undefined : { indexUrl: new URL(url, location.href).href, nodes: session.views.node };
}

/** The window of a frame while it shows the finished site, `undefined` while it shows a foreign page. */
function pageOf(frame: HTMLIFrameElement | null): Window | undefined {
  try {
    const page = frame?.contentWindow ?? undefined;
    return page?.document === undefined ? undefined : page;
  } catch {
    return undefined;
  }
}

/** The content hashes of a page and of the files it shows, as one text. Cost: one pass over the rows. */
function signatureOf(page: Window | undefined, path: string, site: Site): string {
  if (page === undefined) return "";
  const used = new Set([path]);
  for (const address of usedAddresses(page.document)) {
    const usedPath = sitePathOf(address, site.indexUrl);
    if (usedPath !== undefined) used.add(usedPath);
  }
  const shown = [...site.nodes.rows()].filter((row) => row.sitePath !== null && used.has(row.sitePath));
  return shown.map((row) => `${row.sitePath} ${row.hash}`).join("\n");
}
