import type { SessionState } from "./contract.ts";
import { exportFailed, exportRefused, nothingToExport } from "../project/export-faults.ts";
import { IntakeFault } from "../project/intake-fault.ts";
import type { KeptProject, Library } from "../project/library.ts";
import { askPermission } from "../project/permission.ts";
import { writeSite } from "../project/write-site.ts";
import { writeZip } from "../project/write-zip.ts";
import { exportDone } from "./session-faults.ts";
import type { SessionStore } from "./session-store.ts";

/** Lets the person choose a folder and writes the finished site there. Call from a click. */
export async function exportToFolder(
  store: SessionStore,
  library: Library,
  project: KeptProject,
): Promise<void> {
  const target = await showDirectoryPicker({ id: "strata-export", mode: "readwrite" });
  if ((await askPermission(target, "readwrite")) !== "granted") throw exportRefused(target.name);
  const files = await library.stores.site.list(project.projectId);
  await whileExporting(store, "folder", files.length, (onProgress) =>
    writeSite({ target, source: project.handle, files, artifacts: library.stores.artifacts, onProgress }),
  );
  store.notify(exportDone(files.length, target.name));
}

/** Saves the finished site as one ZIP: streamed to the disk where the browser can, else as a download. */
export async function exportAsZip(
  store: SessionStore,
  library: Library,
  project: KeptProject,
): Promise<void> {
  const name = fileNameFor(project.name, "-site.zip");
  // Asked before anything else is awaited: the picker opens only from a click that is still fresh.
  const handle = await pickZip(name);
  const files = await library.stores.site.list(project.projectId);
  if (files.length === 0) throw nothingToExport();
  await whileExporting(store, "zip", files.length, (onProgress) =>
    writePicked(handle, name, (sink) =>
      writeZip(sink, { files, artifacts: library.stores.artifacts, onProgress }),
    ),
  );
  store.notify(exportDone(files.length, handle?.name ?? name));
}

/** The name of a project as that of a file. */
export function fileNameFor(project: string, ending: string): string {
  return `${project.replace(/[/\\:*?"<>|]/gu, "-")}${ending}`;
}

/** Writes into the file that was picked, or, where there is no picker, into a download. */
export async function writePicked(
  handle: FileSystemFileHandle | undefined,
  name: string,
  write: (sink: WritableStream<Uint8Array>) => Promise<unknown>,
): Promise<void> {
  if (handle === undefined) return download(name, write);
  try {
    await write(await handle.createWritable());
  } catch (error) {
    const isKnown =
      error instanceof IntakeFault || (error instanceof DOMException && error.name === "AbortError");
    throw isKnown ? error : exportFailed(name, error);
  }
}

/** Asks where to save a ZIP; `undefined` where the browser has no picker. Call from a click. */
export async function pickZip(suggestedName: string): Promise<FileSystemFileHandle | undefined> {
  if (!("showSaveFilePicker" in globalThis)) return undefined;
  const types = [{ description: "ZIP archive", accept: { "application/zip": [".zip" as const] } }];
  return showSaveFilePicker({ id: "strata-export", suggestedName, types });
}

async function download(
  name: string,
  write: (sink: WritableStream<Uint8Array>) => Promise<unknown>,
): Promise<void> {
  const { readable, writable } = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>();
  const [blob] = await Promise.all([new Response(readable).blob(), write(writable)]);
  downloadFile(name, new Blob([blob], { type: "application/zip" }));
}

/** Saves a blob where the browser puts its downloads. */
export function downloadFile(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  link.click();
  // The browser has its own hold on the bytes once the download began.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

async function whileExporting(
  store: SessionStore,
  to: NonNullable<SessionState["exporting"]>["to"],
  total: number,
  work: (onProgress: (done: number) => void) => Promise<void>,
): Promise<void> {
  let shown = 0;
  const onProgress = (done: number) => {
    if (performance.now() - shown < 50 && done < total) return;
    shown = performance.now();
    store.set({ exporting: { to, done, total } });
  };
  store.set({ exporting: { to, done: 0, total } });
  try {
    await work(onProgress);
  } finally {
    store.set({ exporting: null });
  }
}
