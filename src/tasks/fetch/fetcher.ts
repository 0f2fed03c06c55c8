/** What asks servers. Tests and hosts give their own; without one nothing is asked. */
export type Fetcher = {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /**
   * Whether the headers of a conditional request may be set here. In a browser they would make it ask each server
   * for permission first, which most refuse; there the browser's own cache makes the request a conditional one.
   */
  readonly setsHeaders: boolean;
  /** Whether a request to this address is refused before it is made. */
  readonly refuses: (url: string) => boolean;
};

/** The network of this browser, as far as it lets a page read other servers. */
export function browserFetcher(): Fetcher {
  const isSecurePage = globalThis.location.protocol === "https:";
  return {
    fetch: (url, init) => globalThis.fetch(url, init),
    setsHeaders: false,
    refuses: (url) => isSecurePage && isInsecure(url),
  };
}

/** A browser trusts its own machine without encryption too. */
function isInsecure(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === "http:" && !/^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}
