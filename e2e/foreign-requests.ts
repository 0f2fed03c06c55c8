import type { BrowserContext } from "@playwright/test";

/**
 * Notes every request of the context, those of its workers and service workers too, that leaves the origin.
 * `data:` and `blob:` never reach the network.
 */
export function watchForeignRequests(context: BrowserContext, origin: string): readonly string[] {
  const foreign: string[] = [];
  const own = new URL(origin).origin;
  context.on("request", (request) => {
    const { protocol, origin: target } = new URL(request.url());
    if (/^(https?|wss?):$/.test(protocol) && target !== own) foreign.push(request.url());
  });
  return foreign;
}
