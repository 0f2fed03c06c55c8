import { Buffer } from "node:buffer";
import type { Page } from "@playwright/test";

/** A finished site: path to bytes, ordered by path. */
export type Site = ReadonlyMap<string, Buffer>;

/** The projects this browser knows, by name. A name that two of them share is that of the last opened. */
export async function projectIds(page: Page): Promise<ReadonlyMap<string, string>> {
  const rows = await page.evaluate(readTable, "projects");
  const projects = rows as { projectId: string; name: string; openedAt: number }[];
  const sorted = projects.toSorted((a, b) => a.openedAt - b.openedAt);
  return new Map(sorted.map((project) => [project.name, project.projectId]));
}

/** The finished site of a project as the preview and the export would read it, straight from the browser's stores. */
export async function readSite(page: Page, name: string): Promise<Site> {
  const projectId = (await projectIds(page)).get(name);
  if (projectId === undefined) throw new Error(`The browser knows no project called ${name}.`);
  const rows = await page.evaluate(readSiteRows, projectId);
  const sorted = rows.toSorted(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return new Map(sorted.map(([path, base64]) => [path, Buffer.from(base64, "base64")]));
}

/** Every artifact's content hash in the browser's store. */
export async function artifactHashes(page: Page): Promise<readonly string[]> {
  return page.evaluate(
    () =>
      new Promise<string[]>((resolve, reject) => {
        const opening = indexedDB.open("strata");
        opening.onerror = () => reject(opening.error ?? new Error("no database"));
        opening.onsuccess = () => {
          const keys = opening.result.transaction("artifacts").objectStore("artifacts").getAllKeys();
          keys.onsuccess = () => {
            opening.result.close();
            resolve(keys.result.map(String));
          };
        };
      }),
  );
}

/** Runs in the page: a function that is sent there can use nothing outside itself. */
function readTable(table: string): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("strata");
    opening.onerror = () => reject(opening.error ?? new Error("no database"));
    opening.onsuccess = () => {
      const rows = opening.result.transaction(table).objectStore(table).getAll();
      rows.onerror = () => reject(rows.error ?? new Error(table));
      rows.onsuccess = () => {
        opening.result.close();
        // Handles cannot leave the page.
        resolve(rows.result.map((row) => ({ ...row, handle: undefined })));
      };
    };
  });
}

/** Runs in the page; see `readTable`. Bytes leave it as base64. */
async function readSiteRows(projectId: string): Promise<[path: string, base64: string][]> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open("strata");
    opening.onerror = () => reject(opening.error ?? new Error("no database"));
    opening.onsuccess = () => resolve(opening.result);
  });
  const ask = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error("no row"));
    });
  const tables = database.transaction(["site", "artifacts"]);
  const files: { projectId: string; path: string; hash: string }[] = await ask(
    tables.objectStore("site").getAll(),
  );
  const own = files.filter((file) => file.projectId === projectId);
  const rows: [string, string][] = [];
  for (const { path, hash } of own) {
    const row = await ask(tables.objectStore("artifacts").get(hash));
    let text = "";
    for (const byte of row.bytes as Uint8Array) text += String.fromCharCode(byte);
    rows.push([path, btoa(text)]);
  }
  database.close();
  return rows;
}
