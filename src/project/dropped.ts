import { invariant } from "../base/invariant.ts";
import { folderOfHandle, folderOfList, folderOfNodes, leafOfHandle, nodeOfEntry } from "./folder-tree.ts";
import type { FolderNode, TreeNode } from "./folder-tree.ts";
import { nothingDropped } from "./intake-fault.ts";
import { isProjectFile } from "./portable/project-file-parts.ts";
import { openZip } from "./read-zip.ts";
import type { Problem } from "../model/problem.ts";

/**
 * What a person gave to the app: a folder that can be read again later, or files that must be copied to be kept.
 * `problems` are those of an archive's names. A project that Strata exported is known by what is in it.
 */
export type Offered =
  | { readonly type: "folder"; readonly handle: FileSystemDirectoryHandle }
  | { readonly type: "project-file"; readonly file: File }
  | {
      readonly type: "files";
      readonly name: string;
      readonly folder: FolderNode;
      readonly problems: readonly Problem[];
    };

/**
 * Takes what was dropped. Must be called inside the `drop` event: the transfer is empty one turn later, so all that
 * is in it is asked for before the first wait. Rejects with an `IntakeFault`.
 */
export function takeDropped(transfer: DataTransfer): Promise<Offered> {
  const items = [...transfer.items].filter((item) => item.kind === "file");
  const taken = items.map(takeItem);
  const files = [...transfer.files];
  return Promise.all(taken).then((nodes) => {
    const known = nodes.filter((node) => node !== undefined);
    return known.length > 0 ? offerNodes(known) : offerFiles(files);
  });
}

/** Takes the files of a directory input, of a plain file input, or a ZIP. Rejects with an `IntakeFault`. */
export async function offerFiles(files: readonly File[]): Promise<Offered> {
  const [only] = files;
  if (only === undefined) throw nothingDropped();
  if (files.length === 1 && isZip(only) && only.webkitRelativePath === "") return offerZip(only);
  const list = files.map((file) => ({
    path: file.webkitRelativePath === "" ? file.name : file.webkitRelativePath,
    open: async () => file,
  }));
  const tops = new Set(list.map(({ path }) => (path.includes("/") ? (path.split("/")[0] ?? "") : "")));
  const [top] = tops;
  const name = tops.size === 1 && top ? top : "";
  const inTop =
    name === "" ? list : list.map((file) => ({ ...file, path: file.path.slice(name.length + 1) }));
  return {
    type: "files",
    name: name || nameOfMany(files.map((file) => file.name)),
    folder: folderOfList(name, inTop),
    problems: [],
  };
}

export async function offerZip(file: File): Promise<Offered> {
  if (await isProjectFile(file)) return { type: "project-file", file };
  const { folder, problems } = await openZip(file, file.name);
  return { type: "files", name: folder.name, folder, problems };
}

type Taken = { readonly node: TreeNode; readonly handle: FileSystemHandle | undefined };

function takeItem(item: DataTransferItem): Promise<Taken | undefined> {
  const entry = item.webkitGetAsEntry();
  const ofEntry = entry === null ? undefined : { node: nodeOfEntry(entry), handle: undefined };
  if (!("getAsFileSystemHandle" in item)) return Promise.resolve(ofEntry);
  return item.getAsFileSystemHandle().then(
    (handle) => (handle === null ? ofEntry : { node: nodeOfHandle(handle), handle }),
    () => ofEntry,
  );
}

function nodeOfHandle(handle: FileSystemHandle): TreeNode {
  if (handle instanceof FileSystemDirectoryHandle) return folderOfHandle(handle);
  invariant(handle instanceof FileSystemFileHandle, "a handle is of a folder or of a file");
  return leafOfHandle(handle);
}

async function offerNodes(taken: readonly Taken[]): Promise<Offered> {
  const [only] = taken;
  if (only !== undefined && taken.length === 1) {
    if (only.handle instanceof FileSystemDirectoryHandle) return { type: "folder", handle: only.handle };
    if (only.node.type === "folder")
      return { type: "files", name: only.node.name, folder: only.node, problems: [] };
    const file = await only.node.open();
    if (isZip(file)) return offerZip(file);
  }
  const nodes = taken.map(({ node }) => node);
  const name = nameOfMany(nodes.map((node) => node.name));
  return { type: "files", name, folder: folderOfNodes(name, nodes), problems: [] };
}

function isZip(file: File): boolean {
  return /\.zip$/iu.test(file.name) || file.type === "application/zip";
}

/** Several files have no folder to be called after. */
function nameOfMany(names: readonly string[]): string {
  const [first] = names;
  return names.length > 1 ? `${first} and ${names.length - 1} more` : (first ?? "files");
}
