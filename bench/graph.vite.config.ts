import { join } from "node:path";
import { defineConfig } from "vite";

/** One file for Node, so that what is measured is what a bundler ships and not what a test runner wraps. */
export default defineConfig({
  root: join(import.meta.dirname, ".."),
  ssr: { noExternal: true },
  build: {
    ssr: join(import.meta.dirname, "graph.ts"),
    outDir: "node_modules/.cache/bench",
    emptyOutDir: true,
    target: "node20",
    rolldownOptions: { output: { entryFileNames: "graph.mjs" } },
  },
});
