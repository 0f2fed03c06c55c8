import { pictures } from "../scan/pictures.test-data.ts";

/** What must not be found in a stripped picture. */
export const secret = "GPS 48.1374 N, Ada's camera";

const ascii = (text: string): number[] => [...new TextEncoder().encode(text)];
const u32 = (value: number): number[] => [value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255];
const u16 = (value: number): number[] => [value >> 8, value & 255];

export function plainPicture(name: keyof typeof pictures): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(pictures[name]), (sign) => sign.charCodeAt(0));
}

/** Two entries: the orientation, and words behind the directory. */
function exif(orientation: number): number[] {
  const words = ascii(secret);
  const entries = [
    0x01,
    0x12,
    0,
    3,
    ...u32(1),
    0,
    orientation,
    0,
    0,
    0x01,
    0x0e,
    0,
    2,
    ...u32(words.length),
    ...u32(38),
  ];
  return [...ascii("MM"), 0, 42, ...u32(8), 0, 2, ...entries, ...u32(0), ...words];
}

const insert = (bytes: Uint8Array, at: number, what: readonly number[]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from([...bytes.subarray(0, at), ...what, ...bytes.subarray(at)]);

const segment = (marker: number, content: readonly number[]): number[] => [
  0xff,
  marker,
  ...u16(content.length + 2),
  ...content,
];

/** The JPEG with EXIF, XMP, IPTC, a comment, a maker's segment, and a second picture behind its end. */
export function taggedJpeg(
  orientation: number,
  name: "jpeg" | "jpegProgressive" = "jpeg",
): Uint8Array<ArrayBuffer> {
  const tags = [
    ...segment(0xe1, [...ascii("Exif"), 0, 0, ...exif(orientation)]),
    ...segment(0xe1, ascii(`http://ns.adobe.com/xap/1.0/\0<x>${secret}</x>`)),
    ...segment(0xe2, ascii(`MPF\0${secret}`)),
    ...segment(0xed, ascii(`Photoshop 3.0\0${secret}`)),
    ...segment(0xec, ascii(secret)),
    ...segment(0xfe, ascii(secret)),
  ];
  const plain = plainPicture(name);
  return insert(insert(plain, plain.length, ascii(secret)), 2, tags);
}

const png = (type: string, content: readonly number[]): number[] => {
  const body = [...ascii(type), ...content];
  return [...u32(content.length), ...body, ...u32(crc32(body))];
};

/** By the table of RFC 1952, so that it shares nothing with the code under test. */
function crc32(bytes: readonly number[]): number {
  const table = Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    return c >>> 0;
  });
  return ~bytes.reduce((crc, byte) => (table[(crc ^ byte) & 255] ?? 0) ^ (crc >>> 8), -1) >>> 0;
}

export function taggedPng(orientation: number): Uint8Array<ArrayBuffer> {
  const tags = [
    ...png("eXIf", exif(orientation)),
    ...png("tEXt", ascii(`Author\0${secret}`)),
    ...png("iTXt", ascii(`XML:com.adobe.xmp\0\0\0\0\0${secret}`)),
    ...png("zTXt", ascii(`Comment\0\0${secret}`)),
    ...png("tIME", [7, 234, 1, 2, 3, 4, 5]),
    ...png("prVt", ascii(secret)),
  ];
  return insert(plainPicture("png"), 33, tags);
}

/** A chunk of RIFF. */
const riff = (type: string, content: readonly number[]): number[] => [
  ...ascii(type),
  ...u32(content.length).toReversed(),
  ...content,
  ...(content.length % 2 === 1 ? [0] : []),
];

export function taggedWebp(orientation: number, name: "webpLossy" | "webpAnimated"): Uint8Array<ArrayBuffer> {
  const plain = plainPicture(name);
  const isMoving = name === "webpAnimated";
  const size = isMoving ? [6, 0, 0, 4, 0, 0] : [12, 0, 0, 6, 0, 0];
  const chunks = [...plain.subarray(isMoving ? 30 : 12)];
  const body = [
    ...ascii("WEBP"),
    ...riff("VP8X", [isMoving ? 0x0e : 0x0c, 0, 0, 0, ...size]),
    ...chunks,
    ...riff("EXIF", exif(orientation)),
    ...riff("XMP ", ascii(secret)),
    ...riff("note", ascii(secret)),
  ];
  return Uint8Array.from([...ascii("RIFF"), ...u32(body.length).toReversed(), ...body, ...ascii(secret)]);
}

export function taggedGif(name: "gif" | "gifAnimated"): Uint8Array<ArrayBuffer> {
  const words = ascii(secret);
  const block = (label: number, ...parts: readonly number[][]): number[] => [
    0x21,
    label,
    ...parts.flatMap((part) => [part.length, ...part]),
    0,
  ];
  const plain = plainPicture(name);
  const tags = [
    ...block(0xff, ascii("NETSCAPE2.0"), [1, 0, 0]),
    ...block(0xff, ascii("XMP DataXMP"), words),
    ...block(0xfe, words),
  ];
  const flags = plain[10] ?? 0;
  const start = 13 + ((flags & 0x80) === 0 ? 0 : 3 << ((flags & 7) + 1));
  return insert(insert(plain, plain.length, words), start, tags);
}
