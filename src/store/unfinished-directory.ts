/** The end of the name of the empty file that stands beside a directory whose creation came to its end. */
const suffix = ".created";

/**
 * Removes an `opfs-ahp://` directory whose creation was cut off. PGlite writes a new cluster file by file and cannot
 * open half of one, ever; and as long as it is not finished, nothing was stored in it. Call it before opening, with
 * the directory's lock held. Tells whether there is a finished directory. Cost: one look-up, unless there is something
 * to remove.
 */
export async function removeUnfinished(dataDir: string): Promise<boolean> {
  const top = await navigator.storage.getDirectory();
  const name = topFolderOf(dataDir);
  if (await exists(() => top.getFileHandle(name + suffix))) return true;
  if (await exists(() => top.getDirectoryHandle(name))) await top.removeEntry(name, { recursive: true });
  return false;
}

/** Notes that a directory is whole. Call it once its database has been opened and brought up to date. */
export async function noteFinished(dataDir: string): Promise<void> {
  const top = await navigator.storage.getDirectory();
  await top.getFileHandle(topFolderOf(dataDir) + suffix, { create: true });
}

function topFolderOf(dataDir: string): string {
  const [name = ""] = dataDir.replace("opfs-ahp://", "").split("/").filter(Boolean);
  return name;
}

async function exists(find: () => Promise<unknown>): Promise<boolean> {
  try {
    await find();
    return true;
  } catch (error) {
    if (error instanceof DOMException && error.name === "NotFoundError") return false;
    throw error;
  }
}
