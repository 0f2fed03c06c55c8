/** Milliseconds between two looks at a file that is still held, and after which nothing is waited for any more. */
const pause = 25;
const patience = 15_000;
/** Files that are looked at together. */
const width = 64;

/**
 * Waits until every file of an `opfs-ahp://` directory is free. The browser frees the handles of a killed worker one
 * after the other, its locks before them; PGlite opened in between starts without the files that are still held, or
 * never comes back. Opening and closing each of about 500 files once takes 0.1 s. Gives up waiting after
 * 15 s: opening then says what is wrong.
 */
export async function waitForFreeHandles(dataDir: string, signal: AbortSignal | undefined): Promise<void> {
  const folder = await findFolder(dataDir);
  if (folder === undefined) return;
  const deadline = performance.now() + patience;
  const files = await filesUnder(folder);
  for (let at = 0; at < files.length; at += width) {
    signal?.throwIfAborted();
    await Promise.all(files.slice(at, at + width).map((file) => waitForFile(file, deadline)));
  }
}

async function findFolder(dataDir: string): Promise<FileSystemDirectoryHandle | undefined> {
  let folder = await navigator.storage.getDirectory();
  for (const part of dataDir.replace("opfs-ahp://", "").split("/")) {
    const next = await folder.getDirectoryHandle(part).catch(() => undefined);
    if (part !== "" && next === undefined) return undefined;
    folder = next ?? folder;
  }
  return folder;
}

/** Of the folder itself and of those in it. */
async function filesUnder(folder: FileSystemDirectoryHandle): Promise<readonly FileSystemFileHandle[]> {
  const files: FileSystemFileHandle[] = [];
  const folders = [folder];
  for (const each of folders) {
    for await (const entry of each.values()) {
      if (entry instanceof FileSystemFileHandle) files.push(entry);
      else if (entry instanceof FileSystemDirectoryHandle) folders.push(entry);
    }
  }
  return files;
}

async function waitForFile(file: FileSystemFileHandle, deadline: number): Promise<void> {
  while (!(await isFree(file)) && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

async function isFree(file: FileSystemFileHandle): Promise<boolean> {
  if (!isLockable(file)) return true;
  try {
    (await file.createSyncAccessHandle()).close();
    return true;
  } catch {
    return false;
  }
}

/** Workers alone have what pages lack. */
function isLockable(file: object): file is { createSyncAccessHandle(): Promise<{ close(): void }> } {
  return "createSyncAccessHandle" in file;
}
