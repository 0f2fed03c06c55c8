import type { VitePWAOptions } from "vite-plugin-pwa";

/** The web manifest and how the service worker is made: everything the app needs is in its precache. */
export const pwaOptions: Partial<VitePWAOptions> = {
  strategies: "injectManifest",
  srcDir: "workers",
  filename: "service.worker.ts",
  // The session registers it, and asks before a new version takes over.
  injectRegister: false,
  registerType: "prompt",
  injectManifest: {
    // Registered as a classic script, which every browser with service workers takes.
    rollupFormat: "iife",
    globPatterns: ["**/*"],
    globIgnores: ["service.worker.js", "**/*.map"],
    // PGlite's WebAssembly and its file system image are about 16 MB together.
    maximumFileSizeToCacheInBytes: 32 * 1024 * 1024,
  },
  manifest: {
    id: "./",
    name: "Strata",
    short_name: "Strata",
    description: "An incremental build system for folders of documents that lives in a browser tab",
    start_url: "./",
    scope: "./",
    display: "standalone",
    background_color: "#121617",
    theme_color: "#121617",
    categories: ["productivity", "developer", "utilities"],
    launch_handler: { client_mode: ["focus-existing", "auto"] },
    icons: [
      { src: "icon.svg", sizes: "any", type: "image/svg+xml" },
      { src: "icon-192.png", sizes: "192x192", type: "image/png" },
      { src: "icon-512.png", sizes: "512x512", type: "image/png" },
      { src: "icon-maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
    ],
  },
};
