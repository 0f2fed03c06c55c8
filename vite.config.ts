import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { VitePWA } from "vite-plugin-pwa";
import { bulkCopies } from "./scripts/bulk-copies.ts";
import { contentSecurity } from "./scripts/content-security.ts";
import { emptyDatabaseFile } from "./scripts/empty-database.ts";
import { pwaOptions } from "./scripts/pwa-options.ts";

// PGlite's Emscripten glue holds an `eval` that nothing here reaches; the content security policy would refuse it.
const rolldownOptions = { checks: { eval: false, pluginTimings: false } };

export default defineConfig({
  base: "./",
  plugins: [react(), bulkCopies(), contentSecurity(), emptyDatabaseFile(), VitePWA(pwaOptions)],
  // PGlite and the codecs find their WebAssembly beside their own module, which pre-bundling would move.
  optimizeDeps: {
    exclude: ["@electric-sql/pglite", "@jsquash/avif", "@jsquash/jpeg", "@jsquash/png", "@jsquash/webp"],
  },
  worker: { format: "es", plugins: () => [bulkCopies()], rolldownOptions },
  build: { target: "es2023", sourcemap: false, chunkSizeWarningLimit: 1500, rolldownOptions },
});
