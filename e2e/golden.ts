import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { expect } from "@playwright/test";
import { filesIn } from "./folder.ts";
import type { Site } from "./site.ts";

const text = /\.(html|css|xml|txt|json|svg|md)$/;

/**
 * Fails when the site is not, byte for byte, the one in `e2e/golden/<name>`. With `UPDATE_GOLDEN` set
 * (`npm run golden`) it writes that folder instead; what changed is then read in review.
 */
export function expectGolden(site: Site, name: string): void {
  const folder = resolve(import.meta.dirname, "golden", name);
  if (process.env["UPDATE_GOLDEN"] !== undefined) writeGolden(site, folder);
  const golden = filesIn(folder);
  expect([...site.keys()], `the files of ${name}`).toEqual([...golden.keys()]);
  for (const [path, bytes] of golden) {
    if (text.test(path)) expect(site.get(path)?.toString(), `${name}/${path}`).toBe(bytes.toString());
    else expect(site.get(path)?.equals(bytes), `the bytes of ${name}/${path}`).toBe(true);
  }
}

function writeGolden(site: Site, folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  for (const [path, bytes] of site) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
}
