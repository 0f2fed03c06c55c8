import { join } from "node:path";
import { defineConfig } from "vite";

/** One file a program for Node, so that what is measured is what a bundler ships and not what a test runner wraps. */
export default defineConfig({
  root: join(import.meta.dirname, ".."),
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: true,
    outDir: "node_modules/.cache/bench-circuit",
    emptyOutDir: true,
    target: "node20",
    minify: false,
    rolldownOptions: {
      input: {
        circuit: join(import.meta.dirname, "circuit-node.ts"),
        "circuit-replica": join(import.meta.dirname, "circuit-replica-node.ts"),
        flame: join(import.meta.dirname, "flame-graph.ts"),
      },
      output: { entryFileNames: "[name].mjs" },
    },
  },
});
