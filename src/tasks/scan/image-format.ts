import type { ImageFormat } from "../../model/facts.ts";

/** The format that the first bytes tell, whatever the file is called; `undefined` for none that Strata reads. */
export function imageFormatOf(bytes: Uint8Array): ImageFormat | undefined {
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return "jpeg";
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return "png";
  if (asciiAt(bytes, 0, 4) === "RIFF" && asciiAt(bytes, 8, 4) === "WEBP") return "webp";
  if (/^GIF8[79]a$/.test(asciiAt(bytes, 0, 6))) return "gif";
  if (asciiAt(bytes, 4, 4) === "ftyp") return isAvif(bytes) ? "avif" : undefined;
  return looksLikeMarkup(bytes) ? "svg" : undefined;
}

/** `length` bytes at `offset` as characters; shorter at the end of the bytes. */
export function asciiAt(bytes: Uint8Array, offset: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + length));
}

/** The brands of a `ftyp` box: the major one, then the compatible ones. */
export function brandsOf(bytes: Uint8Array): readonly string[] {
  const size = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0);
  const brands = [asciiAt(bytes, 8, 4)];
  const end = Math.min(size, bytes.byteLength, 1024);
  for (let offset = 16; offset + 4 <= end; offset += 4) brands.push(asciiAt(bytes, offset, 4));
  return brands;
}

function isAvif(bytes: Uint8Array): boolean {
  return brandsOf(bytes).some((brand) => brand === "avif" || brand === "avis");
}

function startsWith(bytes: Uint8Array, prefix: readonly number[]): boolean {
  return prefix.every((byte, i) => bytes[i] === byte);
}

/** Whether the first byte that is neither a byte order mark nor white space is `<`. */
function looksLikeMarkup(bytes: Uint8Array): boolean {
  let i = startsWith(bytes, [0xef, 0xbb, 0xbf]) ? 3 : 0;
  while (i < bytes.length && isWhiteSpace(bytes[i])) i++;
  return bytes[i] === 0x3c;
}

function isWhiteSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}
