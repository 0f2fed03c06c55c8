import { Buffer } from "node:buffer";
import type { Page } from "@playwright/test";

/** A finished site: path to bytes, ordered by path. */
export type Site = ReadonlyMap<string, Buffer>;

type SiteRow = { readonly projectId: string; readonly path: string; readonly hash: string };

/** The projects this browser knows, by name. A name that two of them share is that of the last opened. */
export async function projectIds(page: Page): Promise<ReadonlyMap<string, string>> {
  const rows = await page.evaluate(
    readTable<{ projectId: string; name: string; openedAt: number }>,
    "projects",
  );
  const sorted = rows.toSorted((a, b) => a.openedAt - b.openedAt);
  return new Map(sorted.map((project) => [project.name, project.projectId]));
}

/** Where the finished site of a project has files, ordered. */
export async function sitePaths(page: Page, name: string): Promise<readonly string[]> {
  return (await siteRows(page, name)).map((row) => row.path).toSorted(compareBytes);
}

/**
 * The finished site of a project, straight from the browser's stores, from which the preview and the export read it
 * too. For sites of some megabytes.
 */
export async function readSite(page: Page, name: string): Promise<Site> {
  const rows = (await siteRows(page, name)).toSorted((a, b) => compareBytes(a.path, b.path));
  const bytes = await page.evaluate(readArtifacts, [...new Set(rows.map((row) => row.hash))]);
  const byHash = new Map(bytes.map(([hash, base64]) => [hash, Buffer.from(base64, "base64")]));
  return new Map(rows.map(({ path, hash }) => [path, byHash.get(hash)!]));
}

/** The hashes of all artifacts that the browser keeps, ordered. */
export async function artifactHashes(page: Page): Promise<readonly string[]> {
  const rows = await page.evaluate(readTable<{ hash: string }>, "artifacts");
  return rows.map(({ hash }) => hash).toSorted();
}

async function siteRows(page: Page, name: string): Promise<readonly SiteRow[]> {
  const projectId = (await projectIds(page)).get(name);
  if (projectId === undefined) throw new Error(`The browser knows no project called ${name}.`);
  const rows = await page.evaluate(readTable<SiteRow>, "site");
  return rows.filter((row) => row.projectId === projectId);
}

const compareBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** Runs in the page, and so uses nothing outside itself. Handles to folders and bytes stay there. */
function readTable<Row>(table: string): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("strata");
    opening.onerror = () => reject(opening.error ?? new Error("no database"));
    opening.onsuccess = () => {
      const rows = opening.result.transaction(table).objectStore(table).getAll();
      rows.onerror = () => reject(rows.error ?? new Error(table));
      rows.onsuccess = () => {
        opening.result.close();
        const stays = (value: unknown) => value instanceof FileSystemHandle || ArrayBuffer.isView(value);
        const plain = (_: string, value: unknown) => (stays(value) ? undefined : value);
        resolve(JSON.parse(JSON.stringify(rows.result, plain)) as Row[]);
      };
    };
  });
}

/** Runs in the page; see `readTable`. Bytes leave it as base64. */
async function readArtifacts(hashes: readonly string[]): Promise<[hash: string, base64: string][]> {
  const ask = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error("no row"));
    });
  const database = await ask(indexedDB.open("strata"));
  const table = database.transaction("artifacts").objectStore("artifacts");
  const rows: { bytes: Uint8Array }[] = await Promise.all(hashes.map((hash) => ask(table.get(hash))));
  database.close();
  return rows.map(({ bytes }, i) => {
    let text = "";
    for (const byte of bytes) text += String.fromCharCode(byte);
    return [hashes[i]!, btoa(text)];
  });
}
