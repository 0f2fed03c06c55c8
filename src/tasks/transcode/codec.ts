/** An instance whose memory is above this many bytes is dropped: WebAssembly memory grows and never shrinks. */
const recycleAbove = 256 * 1024 * 1024;

/**
 * Keeps one instance of an encoder's WebAssembly module from picture to picture, and makes it anew when its memory
 * has grown large or it has failed, as memory never shrinks and a failed instance may be broken inside.
 */
export function createCodec<Module extends object>(create: () => Promise<Module>) {
  let current: Promise<Module> | undefined;
  return async (encode: (module: Module) => Uint8Array | null): Promise<Uint8Array<ArrayBuffer>> => {
    current ??= create();
    try {
      const module = await current;
      const encoded = encode(module);
      if (memoryOf(module) > recycleAbove) current = undefined;
      if (encoded === null) throw new Error("the encoder gave nothing");
      return encoded.slice();
    } catch (error) {
      current = undefined;
      throw error;
    }
  };
}

/** Bytes of an Emscripten module's memory; 0 when it does not show it. */
function memoryOf(module: object): number {
  const heap = "HEAPU8" in module ? module.HEAPU8 : undefined;
  return heap instanceof Uint8Array ? heap.buffer.byteLength : 0;
}
