import { BlobReader, ZipReader, configure, type FileEntry } from "@zip.js/zip.js/index-native.js";
import { IntakeFault } from "../intake-fault.ts";
import { artifactFolder, headerName, logName, madeName, type ProjectFileLimits } from "./format.ts";
import { damagedProjectFile, notAProjectFile, projectFileTooLarge } from "./project-file-faults.ts";

configure({ useWebWorkers: false, useCompressionStream: true });

/** The parts of a project file, each there once and none beyond its limits. */
export type ProjectFileParts = {
  readonly header: FileEntry;
  readonly log: FileEntry;
  readonly made: FileEntry | undefined;
  /** By hash. */
  readonly artifacts: ReadonlyMap<string, FileEntry>;
};

/** Whether a ZIP is a project file, judged by its parts. Never throws: what is no ZIP is none. */
export async function isProjectFile(file: Blob): Promise<boolean> {
  try {
    const names = new Set<string>();
    for await (const entry of directoryOf(file)) {
      names.add(entry.filename);
      if (names.size > 200_000) return false;
      if (names.has(headerName) && names.has(logName)) return true;
    }
    return false;
  } catch {
    return false;
  }
}

/** Reads the directory of a project file. Throws an `IntakeFault` for anything that has no place in one. */
export async function readParts(
  file: Blob,
  name: string,
  limits: ProjectFileLimits,
): Promise<ProjectFileParts> {
  const entries = await readEntries(file, name, limits);
  const artifacts = new Map<string, FileEntry>();
  let bytes = 0;
  for (const [part, entry] of entries) {
    if (entry.encrypted) throw damagedProjectFile(name, part, "it is protected by a password");
    if (!part.startsWith(artifactFolder)) {
      if (![headerName, logName, madeName].includes(part))
        throw damagedProjectFile(name, JSON.stringify(part), "it has no place in a project file");
      if (entry.uncompressedSize > (part === headerName ? limits.headerBytes : limits.linesBytes))
        throw projectFileTooLarge(name, `${limits.linesBytes} bytes of history`);
      continue;
    }
    const hash = part.slice(artifactFolder.length);
    if (!/^[0-9a-f]{16}$/u.test(hash))
      throw damagedProjectFile(name, JSON.stringify(part), "it has no place in a project file");
    bytes += entry.uncompressedSize;
    if (entry.uncompressedSize > limits.artifactBytes || bytes > limits.bytes)
      throw projectFileTooLarge(name, `${limits.bytes} bytes of finished files`);
    artifacts.set(hash, entry);
  }
  return {
    header: need(entries, headerName, name),
    log: need(entries, logName, name),
    made: entries.get(madeName),
    artifacts,
  };
}

async function readEntries(
  file: Blob,
  name: string,
  limits: ProjectFileLimits,
): Promise<ReadonlyMap<string, FileEntry>> {
  const entries = new Map<string, FileEntry>();
  try {
    for await (const entry of directoryOf(file)) {
      if (entries.size >= limits.entries) throw projectFileTooLarge(name, `${limits.entries} parts`);
      if (entry.directory) continue;
      if (entries.has(entry.filename))
        throw damagedProjectFile(name, JSON.stringify(entry.filename), "it is there twice");
      entries.set(entry.filename, entry);
    }
  } catch (error) {
    throw error instanceof IntakeFault ? error : notAProjectFile(name, error);
  }
  return entries;
}

function directoryOf(file: Blob) {
  // Names are judged by us, with words of our own.
  return new ZipReader(new BlobReader(file), { filenameValidation: "tolerant" }).getEntriesGenerator();
}

function need(entries: ReadonlyMap<string, FileEntry>, part: string, name: string): FileEntry {
  const entry = entries.get(part);
  if (entry === undefined) throw notAProjectFile(name, `it has no ${part}`);
  return entry;
}
