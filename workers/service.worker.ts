import { cleanupOutdatedCaches, precacheAndRoute } from "workbox-precaching";
import { openDexieStores } from "../src/artifacts/dexie-stores.ts";
import { previewResponse } from "../src/artifacts/preview-response.ts";

/**
 * The service worker: the app offline, and the finished sites at real addresses. A new version waits until the person
 * says so (`skip-waiting`), for a running build must not lose its files.
 */
declare const self: ServiceWorkerGlobalScope & {
  readonly __WB_MANIFEST: Parameters<typeof precacheAndRoute>[0];
};

const previewBase = new URL("preview/", self.registration.scope).href;
const stores = openDexieStores();

// Before the app's own routes, whose fallback would answer for everything.
self.addEventListener("fetch", (event) => {
  if (!event.request.url.startsWith(previewBase)) return;
  event.respondWith(previewResponse(stores, event.request, previewBase));
  event.stopImmediatePropagation();
});

cleanupOutdatedCaches();
// The address of the app may carry settings, such as `?threads=off`; the file is the same.
precacheAndRoute(self.__WB_MANIFEST, { ignoreURLParametersMatching: [/./u] });

self.addEventListener("message", (event) => {
  const message: unknown = event.data;
  const isAsked = typeof message === "object" && message !== null && "type" in message;
  if (isAsked && message.type === "skip-waiting") void self.skipWaiting();
});

// The first page that loads the app is served by it at once, so that its preview works without a reload.
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
