// Packs the folder sample/ into public/sample.zip, the same bytes on every run. Run: node scripts/pack-sample.mjs
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter, configure } from "@zip.js/zip.js/index-native.js";

configure({ useWebWorkers: false });

/** The files of the sample, by path, with their bytes. */
export function sampleFiles() {
  const top = fileURLToPath(new URL("../sample/", import.meta.url));
  return readdirSync(top, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(top.length).replace(/^\//u, ""))
    .sort()
    .map((path) => ({ path, bytes: new Uint8Array(readFileSync(top + path)) }));
}

async function pack() {
  const sink = new Uint8ArrayWriter();
  const writer = new ZipWriter(sink, {
    extendedTimestamp: false,
    lastModDate: new Date(2026, 0, 1),
    level: 9,
  });
  for (const { path, bytes } of sampleFiles())
    await writer.add(`Strata tour/${path}`, new Uint8ArrayReader(bytes));
  return writer.close();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL("../public/sample.zip", import.meta.url), await pack());
}
