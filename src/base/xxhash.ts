import xxhash from "xxhash-wasm";

/** XXH64 with seed 0, as 16 lower-case hex digits. */
export type Hasher = {
  bytes(bytes: Uint8Array): string;
  /** Of the text's UTF-8 bytes. */
  text(text: string): string;
};

let loading: Promise<Hasher> | undefined;

/** The hasher, compiled once in a thread. About 10 GB/s on large inputs, below 1 µs on short texts. */
export function loadHasher(): Promise<Hasher> {
  loading ??= xxhash().then(({ h64Raw, h64 }) => ({
    bytes: (bytes) => hex(h64Raw(bytes)),
    text: (text) => hex(h64(text)),
  }));
  return loading;
}

function hex(value: bigint): string {
  return value.toString(16).padStart(16, "0");
}
