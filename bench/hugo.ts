import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Whether `hugo` is on the PATH. */
export function hugoVersion(): string | undefined {
  const { status, stdout } = spawnSync("hugo", ["version"], { encoding: "utf8" });
  return status === 0 ? /v[\d.]+/.exec(stdout)?.[0] : undefined;
}

const layout = "<!doctype html><title>{{ .Title }}</title><main>{{ .Content }}</main>";
const list = `${layout}<ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</ul>`;

/**
 * Builds the documents of a folder with Hugo, with the least of layouts, highlighting on, no pictures scaled.
 *
 * @returns milliseconds of a cold build, or the reason why Hugo refused the folder
 */
export function buildWithHugo(content: string): number | string {
  const site = mkdtempSync(join(tmpdir(), "strata-hugo-"));
  mkdirSync(join(site, "layouts/_default"), { recursive: true });
  writeFileSync(join(site, "layouts/_default/single.html"), layout);
  writeFileSync(join(site, "layouts/_default/list.html"), list);
  writeFileSync(join(site, "config.toml"), `contentDir = ${JSON.stringify(content)}\ntitle = "bench"\n`);
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync("hugo", ["--source", site, "--quiet"], { encoding: "utf8" });
  const ms = performance.now() - started;
  if (status === 0) return ms;
  // The last part says why; what stands before it is where, in a folder that is gone afterwards.
  const [line = ""] = `${stdout}${stderr}`.trim().split("\n");
  return `refused: ${line.split(": ").at(-1) ?? ""}`;
}
