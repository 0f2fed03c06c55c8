import { Uint8ArrayReader, ZipWriter, configure } from "@zip.js/zip.js/index-native.js";
import type { ArtifactStore } from "../../artifacts/contract.ts";
import type { Artifact } from "../../model/artifact.ts";
import type { ContentHash } from "../../model/ids.ts";
import type { ImportedOperation, Operation } from "../../model/operation.ts";
import type { OutputRecord } from "../../model/output.ts";
import { outputMissing } from "../export-faults.ts";
import { isCompressed } from "../write-zip.ts";
import {
  artifactFolder,
  formatName,
  formatVersion,
  headerName,
  logName,
  madeName,
  type ProjectHeader,
} from "./format.ts";

configure({ useWebWorkers: false, useCompressionStream: true });

/** What goes into a project file, and where it comes from, a page at a time. */
export type ProjectFileExport = {
  readonly header: Pick<ProjectHeader, "projectId" | "name" | "exportedAt" | "app" | "settings">;
  /** The whole log, in its order. */
  readonly operations: AsyncIterable<readonly Operation[]>;
  /** What was made; `null` leaves the finished files out. */
  readonly outputs: AsyncIterable<readonly OutputRecord[]> | null;
  readonly artifacts: ArtifactStore;
  /** Operations, outputs and artifacts written so far, together. */
  readonly onProgress?: (done: number) => void;
  readonly signal?: AbortSignal;
};

/**
 * Writes a project file into a stream and closes it; no more than a page and one output are in memory. Throws an
 * `IntakeFault` when an output is missing, or the signal's reason; the stream is aborted then.
 */
export async function writeProjectFile(
  sink: WritableStream<Uint8Array>,
  job: ProjectFileExport,
): Promise<ProjectHeader["counts"]> {
  try {
    const zip = new ZipWriter(sink, { extendedTimestamp: false, preventClose: true });
    const counts = await new ProjectFileWriter(zip, job).write();
    await zip.close();
    await sink.close();
    return counts;
  } catch (error) {
    await sink.abort(error).catch(() => {});
    throw error;
  }
}

class ProjectFileWriter {
  readonly #zip: ZipWriter<unknown>;
  readonly #job: ProjectFileExport;
  /** By hash, with the id of an output that has it. */
  readonly #artifacts = new Map<ContentHash, { readonly artifact: Artifact; readonly id: string }>();
  #done = 0;

  constructor(zip: ZipWriter<unknown>, job: ProjectFileExport) {
    this.#zip = zip;
    this.#job = job;
  }

  /** The header comes last, since only then is it known how much there was. */
  async write(): Promise<ProjectHeader["counts"]> {
    const { header, operations, outputs } = this.#job;
    const written = await this.#lines(logName, operations, lineOfOperation);
    const made =
      outputs === null ? 0 : await this.#lines(madeName, outputs, (record) => this.#output(record));
    for (const { artifact, id } of this.#artifacts.values()) await this.#artifact(artifact, id);
    const counts = { operations: written, outputs: made, artifacts: this.#artifacts.size };
    const whole: ProjectHeader = { format: formatName, version: formatVersion, ...header, counts };
    await this.#zip.add(headerName, readableOf([`${JSON.stringify(whole, null, 2)}\n`]));
    return counts;
  }

  #output(record: OutputRecord): OutputRecord {
    const { artifact, id } = record;
    if (artifact !== null) this.#artifacts.set(artifact.hash, { artifact, id });
    return record;
  }

  async #lines<T>(
    name: string,
    pages: AsyncIterable<readonly T[]>,
    lineOf: (item: T) => unknown,
  ): Promise<number> {
    let count = 0;
    const { signal } = this.#job;
    const pass = (items: number) => this.#pass(items);
    async function* texts(): AsyncGenerator<string> {
      for await (const page of pages) {
        signal?.throwIfAborted();
        count += page.length;
        yield page.map((item) => `${JSON.stringify(lineOf(item))}\n`).join("");
        pass(page.length);
      }
    }
    await this.#zip.add(name, readableOf(texts()));
    return count;
  }

  async #artifact({ hash, type }: Artifact, id: string): Promise<void> {
    this.#job.signal?.throwIfAborted();
    const bytes = await this.#job.artifacts.get(hash);
    if (bytes === undefined) throw outputMissing(id);
    await this.#zip.add(artifactFolder + hash, new Uint8ArrayReader(bytes), {
      level: isCompressed(type) ? 0 : 6,
    });
    this.#pass(1);
  }

  #pass(items: number): void {
    this.#done += items;
    this.#job.onProgress?.(this.#done);
  }
}

/** Without what an operation is called in this copy of the log alone. */
function lineOfOperation({ id: _, projectId: _project, ...operation }: Operation): ImportedOperation {
  return operation;
}

function readableOf(texts: AsyncIterable<string> | Iterable<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const parts = Symbol.asyncIterator in texts ? texts[Symbol.asyncIterator]() : texts[Symbol.iterator]();
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const next = await parts.next();
      if (next.done === true) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    cancel: async () => void (await parts.return?.()),
  });
}
