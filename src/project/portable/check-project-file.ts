import type { FileEntry } from "@zip.js/zip.js/index-native.js";
import { loadHasher } from "../../base/xxhash.ts";
import type { Artifact } from "../../model/artifact.ts";
import type { ImportedOperation } from "../../model/operation.ts";
import type { OutputRecord } from "../../model/output.ts";
import type { IntakeFault } from "../intake-fault.ts";
import { formatVersion, projectFileLimits, type OpenOptions, type ProjectHeader } from "./format.ts";
import { operationSchema } from "./operation-schema.ts";
import { formatSchema, headerSchema, outputSchema } from "./output-schema.ts";
import { asDamage, parseLines, parseText, type Parsing } from "./parse-lines.ts";
import {
  damagedProjectFile,
  newerProjectFile,
  notAProjectFile,
  projectFileTooLarge,
} from "./project-file-faults.ts";
import type { ProjectFileParts } from "./project-file-parts.ts";
import { StreamCounts } from "./stream-counts.ts";
import { readEntry } from "./zip-part.ts";

/** A project file of which every part was read and found to be right. */
export type CheckedFile = {
  readonly parts: ProjectFileParts;
  readonly header: ProjectHeader;
  readonly streams: StreamCounts;
  readonly batches: number;
  readonly artifacts: readonly Artifact[];
  /** Notes that this many bytes were read. */
  readonly pass: (bytes: number) => void;
  readonly changed: () => IntakeFault;
};

/** Reads all of a project file. Throws an `IntakeFault` for the first thing that is wrong, or the signal's reason. */
export async function checkProjectFile(
  parts: ProjectFileParts,
  name: string,
  options: OpenOptions,
): Promise<CheckedFile> {
  const progress = new ReadProgress(parts, options.onProgress);
  const { limits = projectFileLimits, signal } = options;
  const parsing: Parsing = { name, limit: limits.line, signal, pass: progress.pass };
  const check = new Check(parts, parsing, options);
  const header = await check.header();
  const streams = await check.log(header);
  const artifacts = await check.made(header);
  await check.artifacts();
  const batches = streams.makeBatches();
  progress.expectBatches(batches);
  const changed = () => damagedProjectFile(name, "the file", "it changed while it was read");
  return { parts, header, streams, batches, artifacts, pass: progress.pass, changed };
}

class Check {
  readonly #parts: ProjectFileParts;
  readonly #parsing: Parsing;
  readonly #options: OpenOptions;

  constructor(parts: ProjectFileParts, parsing: Parsing, options: OpenOptions) {
    this.#parts = parts;
    this.#parsing = parsing;
    this.#options = options;
  }

  async header(): Promise<ProjectHeader> {
    const { header } = this.#parts;
    const { name } = this.#parsing;
    const text = new TextDecoder().decode(await this.#read(header));
    const place = { name, where: header.filename };
    let format: { readonly version: number };
    try {
      format = parseText(text, formatSchema, place);
    } catch {
      throw notAProjectFile(name, `${header.filename} does not say that it is one`);
    }
    if (format.version > formatVersion) throw newerProjectFile(name, format.version);
    return parseText(text, headerSchema, place);
  }

  /** Each operation alone, and that the streams are whole. */
  async log({ counts }: ProjectHeader): Promise<StreamCounts> {
    const { limits = projectFileLimits, now } = this.#options;
    const streams = new StreamCounts();
    let operations = 0;
    await parseLines(this.#parts.log, operationSchema, this.#parsing, (operation, line) => {
      if (++operations > limits.operations) throw this.#tooLarge(`${limits.operations} operations`);
      const expected = streams.count(operation);
      if (operation.index !== expected)
        throw this.#inLog(line, `operation ${operation.index} of its stream stands where ${expected} should`);
      if (expected >= limits.stream) throw this.#tooLarge(`${limits.stream} operations of one document`);
      this.#refuseFuture(operation, line, now + limits.ahead);
    });
    if (operations !== counts.operations)
      throw damagedProjectFile(
        this.#parsing.name,
        this.#parts.log.filename,
        `it has ${operations} operations of ${counts.operations}`,
      );
    return streams;
  }

  /** Each output alone, and that the bytes of each are there. */
  async made({ counts }: ProjectHeader): Promise<readonly Artifact[]> {
    const { made, artifacts } = this.#parts;
    const { name } = this.#parsing;
    const ids = new Set<string>();
    const named = new Map<string, Artifact>();
    const take = (output: OutputRecord, line: number) => {
      const where = `${made?.filename}, line ${line}`;
      if (ids.has(output.id)) throw damagedProjectFile(name, where, `${output.id} is there twice`);
      ids.add(output.id);
      if (output.artifact === null) return;
      named.set(output.artifact.hash, output.artifact);
      if (artifacts.get(output.artifact.hash)?.uncompressedSize !== output.artifact.size)
        throw damagedProjectFile(name, where, `the bytes of ${output.id} are not in the file`);
    };
    if (made !== undefined) await parseLines(made, outputSchema, this.#parsing, take);
    const isWhole = ids.size === counts.outputs && artifacts.size === counts.artifacts;
    if (!isWhole || named.size !== artifacts.size)
      throw damagedProjectFile(name, "the finished files", "they are not those that it says it has");
    return [...named.values()];
  }

  /** That the bytes of each output are those that its name says. */
  async artifacts(): Promise<void> {
    const hasher = await loadHasher();
    const { name, pass } = this.#parsing;
    for (const [hash, entry] of this.#parts.artifacts) {
      const bytes = await this.#read(entry);
      if (hasher.bytes(bytes) !== hash)
        throw damagedProjectFile(name, entry.filename, "its bytes are not those that its name says");
      pass(bytes.byteLength);
    }
  }

  #refuseFuture({ time }: ImportedOperation, line: number, latest: number): void {
    if (time > latest)
      throw this.#inLog(line, `it was made on ${dayOf(time)}, by a clock that is ahead of the one here`);
  }

  async #read(entry: FileEntry): Promise<Uint8Array> {
    const { name, signal } = this.#parsing;
    try {
      return await readEntry(entry, signal);
    } catch (error) {
      signal?.throwIfAborted();
      throw asDamage(error, name, entry.filename);
    }
  }

  #inLog(line: number, what: string): IntakeFault {
    return damagedProjectFile(this.#parsing.name, `${this.#parts.log.filename}, line ${line}`, what);
  }

  #tooLarge(limit: string): IntakeFault {
    return projectFileTooLarge(this.#parsing.name, limit);
  }
}

function dayOf(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? String(time) : date.toISOString().slice(0, 10);
}

/** How far reading has come: every part once to check it, the log once more a batch, the others once more. */
class ReadProgress {
  readonly #lines: number;
  readonly #artifacts: number;
  readonly #tell: OpenOptions["onProgress"];
  #total: number;
  #done = 0;

  constructor({ log, made, artifacts }: ProjectFileParts, tell: OpenOptions["onProgress"]) {
    this.#lines = log.uncompressedSize;
    this.#artifacts = [...artifacts.values()].reduce((sum, entry) => sum + entry.uncompressedSize, 0);
    this.#artifacts += made?.uncompressedSize ?? 0;
    this.#tell = tell;
    this.#total = 2 * (this.#lines + this.#artifacts);
  }

  expectBatches(batches: number): void {
    this.#total = this.#lines * (1 + batches) + 2 * this.#artifacts;
  }

  readonly pass = (bytes: number): void => {
    this.#done += bytes;
    this.#tell?.(Math.min(this.#done, this.#total), this.#total);
  };
}
