import type { ArtifactStore } from "../artifacts/contract.ts";
import type { Fault } from "../base/fault.ts";
import type { ProjectPath } from "../base/project-path.ts";
import type { SourceBytes } from "../model/source.ts";

export type SourceRead =
  | { readonly ok: true; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly ok: false; readonly fault: Fault };

/** Where a task notes the files whose bytes it read: one for each resource that it makes. */
export type ReadLog = Set<ProjectPath>;
export type ReadContext = { readonly artifacts: ArtifactStore; readonly reads: ReadLog };

/**
 * The bytes of a source, noted in `reads`: this is the only way to them, so what a task read is known for sure. A file that vanished, changed since it was listed, or may not be read, and a copy that the
 * browser lost, are faults; only the store's own failure throws (`StorageFault`).
 */
export async function readSource(
  path: ProjectPath,
  source: SourceBytes,
  { artifacts, reads }: ReadContext,
): Promise<SourceRead> {
  reads.add(path);
  if (source.type === "file") return readFile(path, source.file);
  const bytes = await artifacts.get(source.hash);
  return bytes === undefined ? { ok: false, fault: copyLost(path) } : { ok: true, bytes };
}

async function readFile(path: ProjectPath, file: Blob): Promise<SourceRead> {
  try {
    return { ok: true, bytes: new Uint8Array(await file.arrayBuffer()) };
  } catch (error) {
    return { ok: false, fault: readFault(path, error) };
  }
}

function readFault(path: ProjectPath, error: unknown): Fault {
  const name = error instanceof Error ? error.name : "";
  if (name === "NotFoundError") return vanished(path);
  if (name === "NotReadableError") return changedSinceListing(path);
  if (name === "NotAllowedError" || name === "SecurityError") return forbidden(path);
  return unreadable(path, error instanceof Error ? error.message : String(error));
}

function vanished(path: ProjectPath): Fault {
  return {
    code: "file-vanished",
    severity: "error",
    message: `The file ${path} was in the folder when it was listed and is not there any more.`,
    remedy: "Build again, so that the folder is listed anew.",
  };
}

/** What a file is that no longer has the bytes which its listing or scan saw. */
export function changedSinceListing(path: ProjectPath): Fault {
  return {
    code: "file-changed",
    severity: "error",
    message: `The file ${path} was changed, replaced or locked after it was listed.`,
    remedy: "Build again once nothing writes to the file.",
  };
}

function forbidden(path: ProjectPath): Fault {
  return {
    code: "file-forbidden",
    severity: "error",
    message: `The browser may not read the file ${path}.`,
    remedy: "Open the folder again and allow reading it; check the file's own permissions.",
  };
}

function unreadable(path: ProjectPath, reason: string): Fault {
  return {
    code: "file-unreadable",
    severity: "error",
    message: `The file ${path} could not be read (${reason}).`,
    remedy: "Check that the file opens in another program, and build again.",
  };
}

function copyLost(path: ProjectPath): Fault {
  return {
    code: "copy-lost",
    severity: "error",
    message: `The browser no longer holds its copy of the file ${path}.`,
    remedy: "Open the ZIP or the files again.",
  };
}
