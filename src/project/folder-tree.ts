/**
 * A folder as the intake walks it, wherever it comes from: a directory handle, a dropped entry, a list of files, an
 * archive. Nothing is read before it is asked for.
 */
export type FolderNode = {
  readonly type: "folder";
  readonly name: string;
  /** Rejects when the folder cannot be read. */
  children(): Promise<readonly TreeNode[]>;
};

export type FileLeaf = {
  readonly type: "file";
  readonly name: string;
  /** Rejects when the file vanished or cannot be read. */
  open(): Promise<File>;
};

export type TreeNode = FolderNode | FileLeaf;

/** The folder behind a handle: a real one, or one of the browser's own file system. */
export function folderOfHandle(handle: FileSystemDirectoryHandle): FolderNode {
  return {
    type: "folder",
    name: handle.name,
    children: async () => {
      const nodes: TreeNode[] = [];
      for await (const child of handle.values()) {
        nodes.push(child.kind === "file" ? leafOfHandle(child) : folderOfHandle(child));
      }
      return nodes;
    },
  };
}

export function leafOfHandle(handle: FileSystemFileHandle): FileLeaf {
  return { type: "file", name: handle.name, open: () => handle.getFile() };
}

/** A node of the older entries API, which browsers without handles give for what was dropped. */
export function nodeOfEntry(entry: FileSystemEntry): TreeNode {
  return entry.isFile
    ? leafOfEntry(entry as FileSystemFileEntry)
    : folderOfEntry(entry as FileSystemDirectoryEntry);
}

function leafOfEntry(entry: FileSystemFileEntry): FileLeaf {
  return {
    type: "file",
    name: entry.name,
    open: () => new Promise((resolve, reject) => entry.file(resolve, reject)),
  };
}

function folderOfEntry(entry: FileSystemDirectoryEntry): FolderNode {
  return {
    type: "folder",
    name: entry.name,
    children: async () => {
      const reader = entry.createReader();
      const nodes: TreeNode[] = [];
      // A reader gives a part at a time (100 in Chromium) until it gives none.
      for (;;) {
        const part = await new Promise<FileSystemEntry[]>((resolve, reject) =>
          reader.readEntries(resolve, reject),
        );
        if (part.length === 0) return nodes;
        nodes.push(...part.map(nodeOfEntry));
      }
    },
  };
}

/** A folder that already holds its nodes. */
export function folderOfNodes(name: string, nodes: readonly TreeNode[]): FolderNode {
  return { type: "folder", name, children: async () => nodes };
}

/** The tree that a flat list spells out: `path` has `/` between its parts, and folders exist through their files. */
export function folderOfList(
  name: string,
  list: readonly { readonly path: string; open(): Promise<File> }[],
): FolderNode {
  const top = draftFolder();
  for (const { path, open } of list) {
    const parts = path.split("/").filter((part) => part !== "" && part !== ".");
    const file = parts.pop();
    if (file === undefined) continue;
    let folder = top;
    for (const part of parts) {
      let next = folder.folders.get(part);
      if (next === undefined) folder.folders.set(part, (next = draftFolder()));
      folder = next;
    }
    folder.files.push({ type: "file", name: file, open });
  }
  return finishFolder(name, top);
}

type DraftFolder = { readonly files: FileLeaf[]; readonly folders: Map<string, DraftFolder> };

function draftFolder(): DraftFolder {
  return { files: [], folders: new Map() };
}

function finishFolder(name: string, draft: DraftFolder): FolderNode {
  const folders = [...draft.folders].map(([child, below]) => finishFolder(child, below));
  return folderOfNodes(name, [...draft.files, ...folders]);
}
