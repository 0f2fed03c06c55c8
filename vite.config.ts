import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  plugins: [react()],
  // PGlite finds its WebAssembly beside its own module, which pre-bundling would move.
  optimizeDeps: { exclude: ["@electric-sql/pglite"] },
  worker: { format: "es" },
  build: { target: "es2023", sourcemap: false, chunkSizeWarningLimit: 1500 },
});
