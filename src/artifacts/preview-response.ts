import { parseProjectPath } from "../base/project-path.ts";
import { asProjectId, asSitePath, type ProjectId } from "../model/ids.ts";
import type { SiteFile } from "../model/wire.ts";
import type { ArtifactStore, SiteStore } from "./contract.ts";

/** What a preview is served from. */
export type PreviewStores = { readonly site: SiteStore; readonly artifacts: ArtifactStore };

/** A preview address: `<base><project>/<path in the site>`; `path` is "" for the top and ends in `/` for a folder. */
export type PreviewAddress = {
  readonly projectId: ProjectId;
  /** The address of the project's site, with origin, ending in `/`. */
  readonly top: string;
  /** Decoded. */
  readonly path: string;
};

/**
 * The parts of a preview address, or `undefined` for any other. `base` is the address under which all previews lie,
 * ending in `/preview/`.
 */
export function parsePreviewAddress(url: string, base: string): PreviewAddress | undefined {
  const { origin, pathname } = new URL(url);
  const address = origin + pathname;
  if (!address.startsWith(base)) return undefined;
  const [projectId = "", ...parts] = address.slice(base.length).split("/");
  if (!/^[\w-]+$/u.test(projectId)) return undefined;
  try {
    const path = parts.map(decodeURIComponent).join("/");
    return { projectId: asProjectId(projectId), top: `${base}${projectId}/`, path };
  } catch {
    return { projectId: asProjectId(projectId), top: `${base}${projectId}/`, path: "%" };
  }
}

/**
 * The answer to a request for a file of a finished site, with headers under which no script in it can run, nothing is
 * loaded from outside the same project's site, and nothing is told to anybody.
 */
export async function previewResponse(
  stores: PreviewStores,
  request: Request,
  base: string,
): Promise<Response> {
  const address = parsePreviewAddress(request.url, base);
  if (address === undefined) return notFound(request.url, base);
  const found = await findFile(stores.site, address);
  if (found === "folder")
    return new Response(null, { status: 302, headers: { Location: `${request.url.split(/[?#]/u)[0]}/` } });
  const bytes = found && (await stores.artifacts.get(found.hash));
  if (found === undefined || bytes === undefined) return notFound(address.path, address.top);
  const etag = `"${found.hash}"`;
  const headers = { ...safeHeaders(address.top), "Content-Type": typeWithCharset(found.type), ETag: etag };
  if (request.headers.get("If-None-Match") === etag) return new Response(null, { status: 304, headers });
  return new Response(request.method === "HEAD" ? null : bytes, { headers });
}

/** The file at an address; a folder's is its `index.html`, and a folder without its last slash is sent there. */
async function findFile(
  site: SiteStore,
  { projectId, path }: PreviewAddress,
): Promise<SiteFile | "folder" | undefined> {
  const find = (raw: string) => {
    const safe = parseProjectPath(raw);
    return safe === undefined ? Promise.resolve(undefined) : site.find(projectId, asSitePath(safe));
  };
  if (path === "" || path.endsWith("/")) return find(`${path}index.html`);
  const file = await find(path);
  if (file !== undefined) return file;
  return (await find(`${path}/index.html`)) === undefined ? undefined : "folder";
}

/**
 * Documents are hostile: no script, no plugin, no form, no frame; pictures, styles, fonts and media from this
 * project's site alone. `top` is that site's address.
 */
function safeHeaders(top: string): Record<string, string> {
  const policy = [
    "default-src 'none'",
    `img-src ${top} data:`,
    `style-src ${top} 'unsafe-inline'`,
    `font-src ${top} data:`,
    `media-src ${top}`,
    "script-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
    "sandbox allow-same-origin allow-popups allow-top-navigation-by-user-activation",
  ];
  return {
    "Content-Security-Policy": policy.join("; "),
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
  };
}

function typeWithCharset(type: string): string {
  return /^text\/|\+xml$|\/(?:xml|json)$/u.test(type) && !type.includes("charset")
    ? `${type}; charset=utf-8`
    : type;
}

/** A page in plain words, under the same headers as everything else. */
function notFound(path: string, top: string): Response {
  const shown = path.replace(/[&<>"']/gu, (sign) => `&#${sign.charCodeAt(0)};`);
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Not in this site</title>
<meta name="viewport" content="width=device-width"><style>:root{color-scheme:light dark}
body{font:1rem/1.6 system-ui,sans-serif;max-width:34rem;margin:12vh auto;padding:0 1.5rem}</style>
<h1>This page is not in the site</h1><p><code>${shown || "/"}</code> was not built, or was removed since.</p>
<p><a href="${top}">Go to the start of the site</a></p></html>`;
  const headers = { ...safeHeaders(top), "Content-Type": "text/html; charset=utf-8" };
  return new Response(html, { status: 404, headers });
}
