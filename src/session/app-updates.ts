import type { SessionStore } from "./session-store.ts";

/** A new version of the app, taken only at the person's word. */
export type AppUpdates = { apply(): Promise<void> };

/** Milliseconds between looks for a new version. */
const lookEvery = 60 * 60 * 1000;

/**
 * Registers the service worker of a built app and tells the store when the app works offline and when a new version
 * waits. Without a service worker everything but the preview and offline use works.
 */
export function followUpdates(store: SessionStore): AppUpdates {
  let registration: ServiceWorkerRegistration | undefined;
  if (import.meta.env.PROD && "serviceWorker" in navigator) {
    void register(store).then((registered) => (registration = registered));
  }
  return {
    apply: async () => registration?.waiting?.postMessage({ type: "skip-waiting" }),
  };
}

async function register(store: SessionStore): Promise<ServiceWorkerRegistration | undefined> {
  const { serviceWorker } = navigator;
  reloadWithNewVersion(store);
  try {
    const registration = await serviceWorker.register(new URL("service.worker.js", document.baseURI));
    void serviceWorker.ready.then(() => store.set({ offlineReady: true }));
    const tell = () => {
      // Without an active one this is the first installation, not an update.
      if (registration.waiting && registration.active) store.set({ updateReady: true });
    };
    const follow = () => registration.installing?.addEventListener("statechange", tell);
    registration.addEventListener("updatefound", follow);
    // Another tab, or the visit of this one, may have found it already.
    follow();
    tell();
    setInterval(() => void registration.update().catch(() => {}), lookEvery);
    return registration;
  } catch {
    return undefined;
  }
}

/**
 * Once a new version has taken over, the old one's files are gone from the cache, so every tab reloads; each reopens
 * its project, and an unfinished build goes on. A page that no version served, as on the first visit or after a forced
 * reload, reloads only for a version that was offered to it.
 */
function reloadWithNewVersion(store: SessionStore): void {
  const { serviceWorker } = navigator;
  let hadController = serviceWorker.controller !== null;
  serviceWorker.addEventListener("controllerchange", () => {
    if (hadController || store.get().updateReady) location.reload();
    hadController = true;
  });
}
