import type { ArtifactStore, NewArtifact } from "../artifacts/contract.ts";
import type { CopiedFile, CopiedFileStore } from "../artifacts/copied-files.ts";
import { loadHasher, type Hasher } from "../base/xxhash.ts";
import { asContentHash, type ProjectId } from "../model/ids.ts";
import type { Problem } from "../model/problem.ts";
import type { FolderNode } from "./folder-tree.ts";
import { IntakeFault } from "./intake-fault.ts";
import { unreadableFile } from "./intake-problems.ts";
import type { Listing } from "./intake.ts";
import { walkFolder, type FoundFile, type WalkOptions } from "./walk-folder.ts";

/** Where copied projects live. */
export type CopyStores = {
  readonly artifacts: ArtifactStore;
  readonly copiedFiles: CopiedFileStore;
};

/** Bytes that wait in memory for one write, at the most, beside the file that goes over it. */
const batchBytes = 16 * 1024 * 1024;
const batchFiles = 128;

type Copied = { readonly file: CopiedFile } | { readonly problem: Problem };

/**
 * Keeps a folder that cannot be opened again (a ZIP, a sample, a file input) in this browser, so that it survives a
 * reload: the bytes as artifacts, the listing beside them. The listing is written last and whole, so a copy that was
 * cut off leaves the earlier one as it was. Gives the problems; the files are then read with `listCopy`.
 */
export async function copyProject(
  stores: CopyStores,
  projectId: ProjectId,
  top: FolderNode,
  options: WalkOptions = {},
): Promise<readonly Problem[]> {
  const hasher = await loadHasher();
  const walk = await walkFolder(top, { ...options, onFound: () => {} });
  const copied = await copyFiles(stores.artifacts, hasher, walk.files, options);
  const files = copied.flatMap((one) => ("file" in one ? [one.file] : []));
  await stores.copiedFiles.replace(projectId, files);
  await restoreCollected(stores.artifacts, hasher, walk.files, files);
  return [...walk.problems, ...copied.flatMap((one) => ("problem" in one ? [one.problem] : []))];
}

/** The listing of a copied project; empty when the browser no longer has it. */
export async function listCopy(stores: CopyStores, projectId: ProjectId): Promise<Listing> {
  const files = await stores.copiedFiles.list(projectId);
  const entries = files.map(({ path, size, modified, hash }) => ({
    path,
    size,
    modified,
    bytes: { type: "artifact" as const, hash },
  }));
  return { entries, problems: [] };
}

async function copyFiles(
  artifacts: ArtifactStore,
  hasher: Hasher,
  found: readonly FoundFile[],
  { onFound, signal }: WalkOptions,
): Promise<readonly Copied[]> {
  const copied: Copied[] = [];
  let batch: NewArtifact[] = [];
  let waiting = 0;
  const flush = async () => {
    if (batch.length > 0) await artifacts.putMany(batch);
    batch = [];
    waiting = 0;
    onFound?.(copied.length);
  };
  for (const file of found) {
    signal?.throwIfAborted();
    const read = await readFile(hasher, file);
    copied.push(read);
    if ("problem" in read) continue;
    batch.push(read.artifact);
    waiting += read.artifact.bytes.byteLength;
    if (waiting >= batchBytes || batch.length >= batchFiles) await flush();
  }
  await flush();
  return copied;
}

async function readFile(
  hasher: Hasher,
  { path, leaf }: FoundFile,
): Promise<{ readonly file: CopiedFile; readonly artifact: NewArtifact } | { readonly problem: Problem }> {
  try {
    const opened = await leaf.open();
    const bytes = new Uint8Array(await opened.arrayBuffer());
    const hash = asContentHash(hasher.bytes(bytes));
    const file = { path, size: bytes.byteLength, modified: opened.lastModified, hash };
    return { file, artifact: { hash, type: opened.type, bytes } };
  } catch (error) {
    if (error instanceof IntakeFault) throw error;
    return { problem: unreadableFile(path, error) };
  }
}

/**
 * The engine may have collected a byte string between its write and that of the listing, since nothing referred to it
 * yet. Once the listing stands, nothing collects it any more, so what is missing now is written for good.
 */
async function restoreCollected(
  artifacts: ArtifactStore,
  hasher: Hasher,
  found: readonly FoundFile[],
  files: readonly CopiedFile[],
): Promise<void> {
  const present = await artifacts.present(files.map((file) => file.hash));
  const missing = new Set(files.filter((file) => !present.has(file.hash)).map((file) => file.path));
  await copyFiles(
    artifacts,
    hasher,
    found.filter((file) => missing.has(file.path)),
    {},
  );
}
