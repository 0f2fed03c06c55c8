import { existsSync } from "node:fs";
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
] as const;

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/** Where this machine has a Chromium: `CHROMIUM_PATH`, else the first known name on the PATH. */
export function chromiumPath(): string {
  const wanted = process.env["CHROMIUM_PATH"];
  if (wanted !== undefined && existsSync(wanted)) return wanted;
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  for (const folder of folders) {
    for (const name of names) {
      const path = join(folder, name);
      if (existsSync(path)) return path;
    }
  }
  throw new Error(
    "No Chromium was found. Install one (Debian: apt-get install chromium) or set CHROMIUM_PATH.",
  );
}
