import { chmodSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findChromium } from "../scripts/chromium.mjs";
import { makeFolder } from "./folder.ts";

/** Environments of a machine that has nothing but what the folder holds. */
function machine(files: Readonly<Record<string, string>>) {
  const root = makeFolder({ "home/.profile": "", ...files });
  for (const path of Object.keys(files)) chmodSync(join(root, path), 0o755);
  return { root, env: { HOME: join(root, "home"), PATH: join(root, "bin") } };
}

describe("findChromium", () => {
  it("takes CHROMIUM_PATH before all others", () => {
    const { root, env } = machine({ "bin/chromium": "", "mine/chrome": "" });
    expect(findChromium({ ...env, CHROMIUM_PATH: join(root, "mine/chrome") })).toBe(
      join(root, "mine/chrome"),
    );
  });

  it("says so when CHROMIUM_PATH names nothing", () => {
    expect(() => findChromium({ CHROMIUM_PATH: "/nowhere/chrome" })).toThrow(/nowhere.*does not exist/);
  });

  it.each(["chromium", "chromium-browser", "google-chrome"])("finds %s on the PATH", (name) => {
    const { root, env } = machine({ [`bin/${name}`]: "" });
    expect(findChromium(env)).toBe(join(root, "bin", name));
  });

  it("finds the newest build in the cache of Playwright", () => {
    const { root, env } = machine({
      "home/.cache/ms-playwright/chromium-999/chrome-linux/chrome": "",
      "home/.cache/ms-playwright/chromium-1200/chrome-linux64/chrome": "",
      "home/.cache/ms-playwright/chromium_headless_shell-1300/chrome-linux/headless_shell": "",
    });
    expect(findChromium(env)).toBe(
      join(root, "home/.cache/ms-playwright/chromium-1200/chrome-linux64/chrome"),
    );
  });

  it("finds nothing where there is nothing", () => {
    expect(findChromium(machine({}).env)).toBeUndefined();
  });
});
