import type { FileEntry } from "@zip.js/zip.js/index-native.js";

/** What comes out of an archive, a chunk at a time; the next one waits until this one is taken. */
export type TakeChunk = (chunk: Uint8Array<ArrayBuffer>) => void | Promise<void>;

/**
 * Inflates an entry into `take`, and stops at more bytes than it states. Throws what `take` threw, the signal's
 * reason, or what is wrong with the entry.
 */
export async function inflateEntry(entry: FileEntry, take: TakeChunk, signal?: AbortSignal): Promise<void> {
  let left = entry.uncompressedSize;
  let thrown: { readonly error: unknown } | undefined;
  const sink = new WritableStream<Uint8Array<ArrayBuffer>>({
    write: async (chunk) => {
      try {
        signal?.throwIfAborted();
        left -= chunk.byteLength;
        if (left < 0) throw new Error("it unpacks to more than it states");
        await take(chunk);
      } catch (error) {
        thrown = { error };
        throw error;
      }
    },
  });
  try {
    await entry.getData(sink, { checkCrc32: true });
  } catch (error) {
    // The library may wrap what its sink threw.
    throw thrown === undefined ? error : thrown.error;
  }
  if (left !== 0) throw new Error("it unpacks to less than it states");
}

/** The bytes of an entry, in one piece. */
export async function readEntry(entry: FileEntry, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(entry.uncompressedSize);
  let at = 0;
  const take = (chunk: Uint8Array<ArrayBuffer>) => {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  };
  await inflateEntry(entry, take, signal);
  return bytes;
}

/** A line, 1-based. */
export type TakeLine = (text: string, line: number) => void | Promise<void>;

/** Gives the lines of an entry one after the other; the last one needs no end. `limit` is in characters. */
export async function forEachLine(
  entry: FileEntry,
  take: TakeLine,
  { limit, signal }: { readonly limit: number; readonly signal: AbortSignal | undefined },
): Promise<void> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let rest = "";
  let line = 0;
  const refuseLong = (length: number) => {
    if (length > limit) throw new Error(`line ${line + 1} is longer than ${limit} characters`);
  };
  const takeText = async (text: string) => {
    const parts = text.split("\n");
    const last = parts.pop() ?? "";
    for (const part of parts) {
      refuseLong(rest.length + part.length);
      const taken = take(rest + part, ++line);
      rest = "";
      if (taken !== undefined) await taken;
    }
    rest += last;
    refuseLong(rest.length);
  };
  await inflateEntry(entry, (chunk) => takeText(decoder.decode(chunk, { stream: true })), signal);
  rest += decoder.decode();
  if (rest !== "") await take(rest, line + 1);
}
