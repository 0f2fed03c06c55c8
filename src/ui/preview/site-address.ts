/** The page that `indexUrl` is the address of: what stands before every site path of the preview. */
const indexPage = "index.html";

/**
 * The site path of an address in the preview, or `undefined` when it lies outside. `indexUrl` is the address of
 * `index.html`; an address that ends in `/` means the index of that folder.
 */
export function sitePathOf(address: string, indexUrl: string): string | undefined {
  const base = indexUrl.slice(0, -indexPage.length);
  const { origin, pathname } = new URL(address);
  const plain = `${origin}${pathname}`;
  if (!plain.startsWith(base)) return undefined;
  const path = decodePath(plain.slice(base.length));
  return path === "" || path.endsWith("/") ? `${path}${indexPage}` : path;
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Addresses of the files that a page shows: its pictures, style sheets and other sources, without repetition. */
export function usedAddresses(page: Document): readonly string[] {
  const found = new Set<string>();
  const add = (address: string) => {
    if (URL.canParse(address, page.baseURI)) found.add(new URL(address, page.baseURI).href);
  };
  for (const element of page.querySelectorAll("[src], link[href]")) {
    add(element.getAttribute("src") ?? element.getAttribute("href") ?? "");
  }
  for (const element of page.querySelectorAll("[srcset]")) {
    const candidates = element.getAttribute("srcset")?.split(",") ?? [];
    for (const candidate of candidates) add(candidate.trim().split(/\s/)[0] ?? "");
  }
  return [...found];
}
