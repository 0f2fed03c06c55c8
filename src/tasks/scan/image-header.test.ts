import fc from "fast-check";
import { imageMeta } from "image-meta";
import { describe, expect, it } from "vitest";
import { readImageHeader } from "./image-header.ts";
import { pictures } from "./pictures.test-data.ts";

type PictureName = keyof typeof pictures;
const names = Object.keys(pictures) as PictureName[];

const bytesOf = (name: PictureName) => Uint8Array.from(Buffer.from(pictures[name], "base64"));
const ascii = (text: string) => [...new TextEncoder().encode(text)];
const u32 = (value: number) => [value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255];
const u32le = (value: number) => u32(value).toReversed();

/** A TIFF structure whose only entry is the orientation. */
function tiff(orientation: number, little: boolean): number[] {
  return little
    ? [...ascii("II"), 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0]
    : [...ascii("MM"), 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
}

function insert(bytes: Uint8Array, at: number, what: readonly number[]): Uint8Array {
  return Uint8Array.from([...bytes.slice(0, at), ...what, ...bytes.slice(at)]);
}

function turnedJpeg(orientation: number, little: boolean): Uint8Array {
  const content = [...ascii("Exif"), 0, 0, ...tiff(orientation, little)];
  return insert(bytesOf("jpeg"), 2, [0xff, 0xe1, 0, content.length + 2, ...content]);
}

/** The chunks behind IHDR; their checksums are not looked at. */
function pngWith(type: string, content: readonly number[]): Uint8Array {
  return insert(bytesOf("png"), 33, [...u32(content.length), ...ascii(type), ...content, 0, 0, 0, 0]);
}

function webpWith(flags: number, chunks: readonly number[]): Uint8Array {
  const vp8x = [...ascii("VP8X"), ...u32le(10), flags, 0, 0, 0, 12, 0, 0, 6, 0, 0];
  const body = [...ascii("WEBP"), ...vp8x, ...bytesOf("webpLossy").slice(12), ...chunks];
  return Uint8Array.from([...ascii("RIFF"), ...u32le(body.length), ...body]);
}

const box = (type: string, ...content: number[]) => [...u32(content.length + 8), ...ascii(type), ...content];

/** An AVIF of two items, of which the second is the primary one. */
function avifOf(brand: string, properties: readonly number[]): Uint8Array {
  const thumbnail = box("ispe", 0, 0, 0, 0, ...u32(99), ...u32(98));
  const extent = box("ispe", 0, 0, 0, 0, ...u32(13), ...u32(7));
  const count = properties.length === 0 ? 0 : boxCount(properties);
  const links = [0, 0, 0, 0, ...u32(2), 0, 1, 1, 1, 0, 2, 1 + count, 0x82, ...range(count).map((i) => 3 + i)];
  const iprp = box("iprp", ...box("ipco", ...thumbnail, ...extent, ...properties), ...box("ipma", ...links));
  const meta = box("meta", 0, 0, 0, 0, ...box("pitm", 0, 0, 0, 0, 0, 2), ...iprp);
  return Uint8Array.from([
    ...box("ftyp", ...ascii(brand), 0, 0, 0, 0, ...ascii("mif1"), ...ascii("avif")),
    ...meta,
  ]);
}

const range = (count: number) => Array.from({ length: count }, (_, i) => i);
/** `irot` and `imir` take 9 bytes each. */
const boxCount = (properties: readonly number[]) => properties.length / 9;

describe("image headers", () => {
  it.each(names)("[T4] agrees with another reader on %s", (name) => {
    const bytes = bytesOf(name);
    const { width, height, type } = imageMeta(bytes);
    const header = readImageHeader(bytes);
    expect(header).toMatchObject({ type: "image", width, height, orientation: 1 });
    expect(header).toMatchObject({ format: type === "jpg" ? "jpeg" : type });
  });

  it("[T4] reads the size of pictures made by libvips", () => {
    for (const name of names) {
      const moves = name === "webpAnimated" || name === "gifAnimated";
      const size = moves ? { width: 7, height: 5 } : { width: 13, height: 7 };
      expect(readImageHeader(bytesOf(name))).toMatchObject({ ...size, animated: moves });
    }
  });

  it("[T4] finds the size of a JPEG behind any amount of metadata, garbage and fill", () => {
    const segment = [0xff, 0xed, 0xff, 0xff, ...Array<number>(0xffff - 2).fill(0xff)];
    const bytes = insert(bytesOf("jpeg"), 2, [...segment, ...segment, 0xff, 0xff, 0xff, 0x01, 0x00, 0x12]);
    expect(readImageHeader(bytes)).toMatchObject({ format: "jpeg", width: 13, height: 7 });
  });

  it("[T5] applies the orientation to width and height", () => {
    for (let orientation = 1; orientation <= 8; orientation++) {
      const size = orientation >= 5 ? { width: 7, height: 13 } : { width: 13, height: 7 };
      const expected = { type: "image", ...size, orientation };
      expect(readImageHeader(turnedJpeg(orientation, true))).toMatchObject(expected);
      expect(readImageHeader(turnedJpeg(orientation, false))).toMatchObject(expected);
      expect(readImageHeader(pngWith("eXIf", tiff(orientation, false)))).toMatchObject(expected);
      const exif = (prefix: number[]) => {
        const content = [...prefix, ...tiff(orientation, true)];
        return webpWith(0x08, [...ascii("EXIF"), ...u32le(content.length), ...content]);
      };
      expect(readImageHeader(exif([]))).toMatchObject(expected);
      expect(readImageHeader(exif([...ascii("Exif"), 0, 0]))).toMatchObject(expected);
    }
    for (const senseless of [0, 9, 200]) {
      expect(readImageHeader(turnedJpeg(senseless, true))).toMatchObject({ orientation: 1 });
    }
  });

  // The EXIF value whose meaning is: turn by so many quarters against the clock, then mirror.
  it.each([
    [[], 1],
    [[box("irot", 1)], 8],
    [[box("irot", 2)], 3],
    [[box("irot", 3)], 6],
    [[box("imir", 1)], 2],
    [[box("imir", 0)], 4],
    [[box("irot", 1), box("imir", 0)], 5],
    [[box("irot", 3), box("imir", 0)], 7],
  ])("[T5] reads rotation and mirror of the primary item of an AVIF (%#)", (properties, orientation) => {
    const size = orientation >= 5 ? { width: 7, height: 13 } : { width: 13, height: 7 };
    const expected = { type: "image", format: "avif", ...size, orientation, animated: false };
    expect(readImageHeader(avifOf("avif", properties.flat()))).toEqual(expected);
  });

  it("[T6] tells what moves: APNG, WebP, GIF with a second image, AVIF sequences", () => {
    expect(readImageHeader(pngWith("acTL", [0, 0, 0, 2, 0, 0, 0, 0]))).toMatchObject({ animated: true });
    expect(readImageHeader(webpWith(0x02, []))).toMatchObject({ animated: true, width: 13, height: 7 });
    expect(readImageHeader(webpWith(0x00, []))).toMatchObject({ animated: false });
    expect(readImageHeader(avifOf("avis", []))).toMatchObject({ animated: true });
  });

  it("[T7] takes the size of an SVG from width, height and viewBox", () => {
    const size = (attributes: string, prolog = "") => {
      const header = readImageHeader(new TextEncoder().encode(`${prolog}<svg ${attributes}><g/></svg>`));
      return header.type === "image" ? [header.format, header.width, header.height] : header;
    };
    expect(size('width="40" height="30"')).toEqual(["svg", 40, 30]);
    expect(size("width='2in' height='25.4mm'")).toEqual(["svg", 192, 96]);
    expect(size('viewBox="0 0 400 100"')).toEqual(["svg", 400, 100]);
    expect(size('width="200" viewBox="0,0,400,100"')).toEqual(["svg", 200, 50]);
    expect(size('height="50" viewBox="-1 -1 400 100"')).toEqual(["svg", 200, 50]);
    expect(size('width="100%" height="100%" viewBox="0 0 24 24"')).toEqual(["svg", 24, 24]);
    expect(size('width="100%" height="50%"')).toEqual(["svg", 0, 0]);
    expect(size('data-width="9" xmlns="http://www.w3.org/2000/svg"')).toEqual(["svg", 0, 0]);
    expect(size('viewBox="0 0 0 0"')).toEqual(["svg", 0, 0]);
    const prolog = `\uFEFF<?xml version="1.0"?>\n<!-- <svg width="1"> -->\n<!DOCTYPE svg [<!ENTITY a "<x>">]>\n`;
    expect(size('width="40" height="30"', prolog)).toEqual(["svg", 40, 30]);
  });

  it("[T8] calls a header broken where the size is missing, and a format unknown where nothing fits", () => {
    expect(readImageHeader(bytesOf("png").slice(0, 20))).toEqual({ type: "broken", format: "png" });
    expect(readImageHeader(bytesOf("jpeg").slice(0, 30))).toEqual({ type: "broken", format: "jpeg" });
    expect(readImageHeader(bytesOf("avif").slice(0, 60))).toEqual({ type: "broken", format: "avif" });
    const noHeight = bytesOf("gif");
    noHeight.set([0, 0], 8);
    expect(readImageHeader(noHeight)).toEqual({ type: "broken", format: "gif" });
    for (const text of ["", "x", "<html><svg/></html>", "<", "BM6", "<!-- never ends"]) {
      expect(readImageHeader(new TextEncoder().encode(text))).toEqual({ type: "unknown-format" });
    }
    const heic = box("ftyp", ...ascii("heic"), 0, 0, 0, 0, ...ascii("mif1"));
    expect(readImageHeader(Uint8Array.from(heic))).toEqual({ type: "unknown-format" });
  });

  it("[T8] never throws on damaged pictures, and never gives a size of 0 for those with pixels", () => {
    const damaged = fc
      .tuple(
        fc.constantFrom(...names),
        fc.array(fc.tuple(fc.nat(600), fc.nat(255)), { maxLength: 8 }),
        fc.nat(600),
      )
      .map(([name, changes, length]) => {
        const bytes = bytesOf(name);
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
        return bytes.slice(0, Math.max(12, length));
      });
    fc.assert(
      fc.property(fc.oneof(damaged, fc.uint8Array({ maxLength: 64 })), (bytes) => {
        const header = readImageHeader(bytes);
        if (header.type === "image" && header.format !== "svg") {
          expect(Math.min(header.width, header.height)).toBeGreaterThan(0);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
