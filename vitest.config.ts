import { playwright } from "@vitest/browser-playwright";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { chromiumFlags, chromiumPath } from "./scripts/chromium.mjs";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "node",
          environment: "node",
          // A module is loaded once for all files; no test changes what a module holds.
          isolate: false,
          maxWorkers: 2,
          globalSetup: ["scripts/empty-database.ts"],
          setupFiles: ["tests/free-memory.ts"],
          execArgv: ["--expose-gc"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          include: ["src/**/*.test.ts", "tests/**/*.test.ts"],
          exclude: ["**/*.browser.test.ts", "**/node_modules/**"],
        },
      },
      {
        plugins: [react()],
        optimizeDeps: {
          // What only a worker or a late import reaches: found in the middle of a run, it would reload the page.
          include: ["kysely", "react-dom/client"],
          exclude: [
            "@electric-sql/pglite",
            "@jsquash/avif",
            "@jsquash/jpeg",
            "@jsquash/png",
            "@jsquash/webp",
          ],
        },
        test: {
          name: "browser",
          testTimeout: 60_000,
          hookTimeout: 60_000,
          include: ["src/**/*.browser.test.ts", "src/**/*.browser.test.tsx"],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { executablePath: chromiumPath(), args: chromiumFlags },
            }),
            instances: [{ browser: "chromium" }],
          },
        },
      },
    ],
  },
});
