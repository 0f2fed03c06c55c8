/**
 * The bytes in a buffer that holds nothing else. A view into a larger buffer would be stored together with the whole
 * of that buffer, since the structured clone copies buffers, not views. Copies only such views.
 */
export function ownBytes(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice();
}
