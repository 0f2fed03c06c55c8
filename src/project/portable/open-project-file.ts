import type { ArtifactStore, NewArtifact } from "../../artifacts/contract.ts";
import { loadHasher } from "../../base/xxhash.ts";
import type { Artifact } from "../../model/artifact.ts";
import { asContentHash, type ContentHash } from "../../model/ids.ts";
import type { ImportedOperation } from "../../model/operation.ts";
import type { OutputRecord } from "../../model/output.ts";
import { checkProjectFile, type CheckedFile } from "./check-project-file.ts";
import { projectFileLimits, type OpenOptions, type ProjectHeader } from "./format.ts";
import { operationSchema } from "./operation-schema.ts";
import { outputSchema } from "./output-schema.ts";
import { readParts } from "./project-file-parts.ts";
import { parseLines } from "./parse-lines.ts";
import { readEntry } from "./zip-part.ts";

/** Bytes of outputs that wait in memory for one write, beside the one that goes over it. */
const batchBytes = 16 * 1024 * 1024;
const batchArtifacts = 128;
/** Outputs that are given at a time. */
const outputPage = 500;

/**
 * Opens a project file and reads all of it once, so that what is wrong anywhere in it refuses it whole, before
 * anything was taken in. Throws an `IntakeFault`, or the signal's reason.
 */
export async function openProjectFile(blob: Blob, name: string, options: OpenOptions): Promise<ProjectFile> {
  const parts = await readParts(blob, name, options.limits ?? projectFileLimits);
  const checked = await checkProjectFile(parts, name, options);
  return new ProjectFile(checked, name, options);
}

/** A project file in which everything is what it must be. */
export class ProjectFile {
  readonly header: ProjectHeader;
  readonly #file: CheckedFile;
  readonly #name: string;
  readonly #options: OpenOptions;

  constructor(file: CheckedFile, name: string, options: OpenOptions) {
    this.header = file.header;
    this.#file = file;
    this.#name = name;
    this.#options = options;
  }

  /** The outputs whose bytes it has. */
  get artifacts(): readonly Artifact[] {
    return this.#file.artifacts;
  }

  /** Stores the outputs that the browser does not have; gives the hashes of those that it stored. */
  async putArtifacts(artifacts: ArtifactStore): Promise<readonly ContentHash[]> {
    const hashes = [...this.#file.parts.artifacts.keys()].map(asContentHash);
    const present = await artifacts.present(hashes);
    const missing = hashes.filter((hash) => !present.has(hash));
    let batch: NewArtifact[] = [];
    let waiting = 0;
    for (const hash of missing) {
      const bytes = await this.#artifact(hash);
      batch.push({ hash, type: "", bytes });
      waiting += bytes.byteLength;
      if (waiting < batchBytes && batch.length < batchArtifacts) continue;
      await artifacts.putMany(batch);
      batch = [];
      waiting = 0;
    }
    if (batch.length > 0) await artifacts.putMany(batch);
    return missing;
  }

  /**
   * Gives the operations in batches of whole streams, each batch in the order of the log. The file is read once a
   * batch, so that no more than one is in memory.
   */
  async eachBatch(take: (operations: readonly ImportedOperation[]) => Promise<void>): Promise<void> {
    const { parts, streams, batches } = this.#file;
    for (let n = 0; n < batches; n++) {
      const batch: ImportedOperation[] = [];
      const wants = (line: number) => streams.batchOf(line) === n;
      await parseLines(parts.log, operationSchema, { ...this.#parsing(), wants }, (operation) => {
        batch.push(operation);
      });
      await take(batch);
    }
  }

  /** Gives what was made, some at a time. */
  async eachOutputs(take: (outputs: readonly OutputRecord[]) => Promise<void>): Promise<void> {
    const { made } = this.#file.parts;
    if (made === undefined) return;
    let page: OutputRecord[] = [];
    await parseLines(made, outputSchema, this.#parsing(), async (output) => {
      page.push(output);
      if (page.length < outputPage) return;
      const full = page;
      page = [];
      await take(full);
    });
    if (page.length > 0) await take(page);
  }

  async #artifact(hash: ContentHash): Promise<Uint8Array<ArrayBuffer>> {
    const entry = this.#file.parts.artifacts.get(hash);
    const bytes = entry && (await readEntry(entry, this.#options.signal));
    const hasher = await loadHasher();
    // It was checked before; a file on the disk may change in between.
    if (bytes === undefined || hasher.bytes(bytes) !== hash) throw this.#file.changed();
    this.#file.pass(bytes.byteLength);
    return bytes;
  }

  #parsing() {
    const { limits = projectFileLimits, signal } = this.#options;
    return { name: this.#name, limit: limits.line, signal, pass: this.#file.pass };
  }
}
