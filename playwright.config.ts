import { defineConfig } from "@playwright/test";
import { chromiumFlags, chromiumPath } from "./scripts/chromium.mjs";

// Each worker of the test runner serves `dist` at an origin of its own, so no server is named here.
export default defineConfig({
  testDir: "e2e",
  testMatch: "*.spec.ts",
  outputDir: "test-results",
  // Most of a test is waiting for the browser to start and for its disk.
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: "list",
  use: {
    launchOptions: { executablePath: chromiumPath(), args: chromiumFlags },
    // Pictures of every frame would cost more than the tests themselves.
    trace: { mode: "retain-on-failure", screenshots: false },
  },
});
