import { Uint8ArrayReader, ZipWriter, configure } from "@zip.js/zip.js/index-native.js";
import type { ArtifactStore } from "../artifacts/contract.ts";
import { compareNames } from "../base/byte-order.ts";
import type { SiteFile } from "../model/wire.ts";
import { nothingToExport, outputMissing } from "./export-faults.ts";

configure({ useWebWorkers: false, useCompressionStream: true });

/** What goes into an archive. */
export type ZipExport = {
  readonly files: readonly SiteFile[];
  readonly artifacts: ArtifactStore;
  readonly onProgress?: (done: number) => void;
  readonly signal?: AbortSignal;
};

/** The first day that a ZIP can name, in local time, as its format has it: the same bytes on any day, in any zone. */
const zipEpoch = new Date(1980, 0, 1);

/** Types whose bytes are compressed already; deflating them again takes time and gains nothing. */
const compressedTypes = /^(?:image\/(?!svg|bmp)|video\/|audio\/|font\/woff|application\/(?:zip|gzip|pdf))/u;

/**
 * Writes a finished site as a ZIP into a stream, one file at a time, and closes it. The same site gives the same bytes
 * in the same browser. Throws an `IntakeFault` when an output is missing; the stream is aborted then.
 */
export async function writeZip(sink: WritableStream<Uint8Array>, job: ZipExport): Promise<void> {
  try {
    if (job.files.length === 0) throw nothingToExport();
    const writer = new ZipWriter(sink, {
      extendedTimestamp: false,
      lastModDate: zipEpoch,
      preventClose: true,
    });
    const ordered = [...job.files].sort((a, b) => compareNames(a.path, b.path));
    let done = 0;
    for (const file of ordered) {
      job.signal?.throwIfAborted();
      const bytes = await job.artifacts.get(file.hash);
      if (bytes === undefined) throw outputMissing(file.path);
      const level = isCompressed(file.type) ? 0 : 6;
      await writer.add(file.path, new Uint8ArrayReader(bytes), { level });
      job.onProgress?.(++done);
    }
    await writer.close();
    await sink.close();
  } catch (error) {
    await sink.abort(error).catch(() => {});
    throw error;
  }
}

export function isCompressed(type: string): boolean {
  return compressedTypes.test(type);
}
