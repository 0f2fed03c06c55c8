/** A fresh folder in the browser's own file system, for tests; `remove` takes it away again. */
export async function testFolder(): Promise<{
  readonly handle: FileSystemDirectoryHandle;
  remove(): Promise<void>;
}> {
  const top = await navigator.storage.getDirectory();
  const name = `test-${crypto.randomUUID()}`;
  const handle = await top.getDirectoryHandle(name, { create: true });
  return { handle, remove: () => top.removeEntry(name, { recursive: true }) };
}

/** Writes a file, folders on the way included. */
export async function put(top: FileSystemDirectoryHandle, path: string, text: string): Promise<void> {
  const parts = path.split("/");
  const name = parts.pop() ?? "";
  let folder = top;
  for (const part of parts) folder = await folder.getDirectoryHandle(part, { create: true });
  const stream = await (await folder.getFileHandle(name, { create: true })).createWritable();
  await stream.write(text);
  await stream.close();
}

/** Every file of a folder with its text, by path. */
export async function readAll(top: FileSystemDirectoryHandle, prefix = ""): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for await (const child of top.values()) {
    const path = prefix + child.name;
    if (child.kind === "file") files[path] = await (await child.getFile()).text();
    else Object.assign(files, await readAll(child, `${path}/`));
  }
  return files;
}
