import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dist } from "./origin.ts";

const text = /\.(js|css|html)$/;
/** What Vite adds to the name of a file for its content. */
const nameHash = /-([\w-]{8})\.(js|css|wasm|data)\b/g;

/**
 * A build as different from the one in `dist` as one can be: every file with a hash in its name has another, and the
 * service worker lists those, so that nothing of the old version can be had from the server any more.
 */
export function makeNewerBuild(): string {
  const folder = mkdtempSync(join(tmpdir(), "strata-newer-"));
  cpSync(dist, folder, { recursive: true });
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((found) => found.isFile())) {
    const place = join(entry.parentPath, entry.name);
    if (text.test(entry.name)) writeFileSync(place, renameHashes(readFileSync(place, "utf8")));
    renameSync(place, join(entry.parentPath, renameHashes(entry.name)));
  }
  return folder;
}

/** In a service worker's list the files without a hash in their name have a revision beside it. */
function renameHashes(content: string): string {
  return content
    .replace(nameHash, (_, hash: string, type: string) => `-${reversed(hash)}.${type}`)
    .replace(/"revision":"(\w{32})"/g, (_, revision: string) => `"revision":"${reversed(revision)}"`);
}

function reversed(word: string): string {
  return word.split("").toReversed().join("");
}
