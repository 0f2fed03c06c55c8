import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

/** What Chromium needs to run headless in a container without reaching for the network. */
export const chromiumFlags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

const missing =
  "No Chromium was found and none could be installed: install Chromium or Google Chrome, " +
  "or set CHROMIUM_PATH to one, and try again.";

/**
 * Where this machine has a Chromium: `CHROMIUM_PATH`, else a known name on the PATH, else Playwright's own cache,
 * else one installed now by the means the machine has.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string}
 * @throws {Error} with one sentence that says what to do, when there is none and none can be installed
 */
export function chromiumPath(env = process.env) {
  const found = findChromium(env);
  if (found !== undefined) return found;
  process.stderr.write("No Chromium was found; installing one.\n");
  const install = installCommand(env);
  spawnSync(install.command, install.args, { env, stdio: ["ignore", 2, 2], shell: install.shell });
  const installed = findChromium(env);
  if (installed === undefined) throw new Error(missing);
  return installed;
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined}
 */
export function findChromium(env) {
  const wanted = env["CHROMIUM_PATH"];
  if (wanted !== undefined && wanted !== "") {
    if (existsSync(wanted)) return wanted;
    throw new Error(`CHROMIUM_PATH names ${wanted}, which does not exist: correct it or unset it.`);
  }
  return onPath(env) ?? inPlaywrightCache(env);
}

/** @param {NodeJS.ProcessEnv} env */
function onPath(env) {
  const suffix = process.platform === "win32" ? ".exe" : "";
  const folders = (env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders
    .flatMap((folder) => names.map((name) => join(folder, name + suffix)))
    .find((path) => existsSync(path));
}

const executables = [
  "chrome-linux64/chrome",
  "chrome-linux/chrome",
  "chrome-mac/Chromium.app/Contents/MacOS/Chromium",
  "chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing",
  "chrome-mac-x64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing",
  "chrome-win64/chrome.exe",
  "chrome-win/chrome.exe",
];

/** @param {NodeJS.ProcessEnv} env */
function inPlaywrightCache(env) {
  const home = env["HOME"] ?? homedir();
  const caches = [
    env["PLAYWRIGHT_BROWSERS_PATH"],
    join(home, ".cache/ms-playwright"),
    join(home, "Library/Caches/ms-playwright"),
    join(home, "AppData/Local/ms-playwright"),
  ];
  return caches
    .filter((cache) => cache !== undefined && existsSync(cache))
    .flatMap((cache) => builds(/** @type {string} */ (cache)))
    .find((path) => existsSync(path));
}

/** The newest build first; the folders are named `chromium-<revision>`. @param {string} cache */
function builds(cache) {
  return readdirSync(cache)
    .filter((name) => /^chromium-\d+$/.test(name))
    .toSorted((a, b) => Number(b.slice(9)) - Number(a.slice(9)))
    .flatMap((name) => executables.map((path) => join(cache, name, path)));
}

/**
 * Debian's package as root on Debian and Ubuntu, whose shared libraries come with it; elsewhere Playwright's build.
 *
 * @param {NodeJS.ProcessEnv} env
 */
function installCommand(env) {
  if (process.getuid?.() === 0 && isDebian() && hasCommand("apt-get", env)) {
    const apt = "apt-get update && apt-get install -y --no-install-recommends chromium";
    return { command: apt, args: [], shell: true };
  }
  const cli = join(import.meta.dirname, "../node_modules/playwright/cli.js");
  return { command: process.execPath, args: [cli, "install", "chromium"], shell: false };
}

function isDebian() {
  try {
    return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync("/etc/os-release", "utf8"));
  } catch {
    return false;
  }
}

/**
 * @param {string} name
 * @param {NodeJS.ProcessEnv} env
 */
function hasCommand(name, env) {
  return (env["PATH"] ?? "").split(delimiter).some((folder) => existsSync(join(folder, name)));
}
