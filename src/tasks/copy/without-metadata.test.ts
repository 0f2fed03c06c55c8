import fc from "fast-check";
import { imageMeta } from "image-meta";
import { expect, it } from "vitest";
import { readImageHeader } from "../scan/image-header.ts";
import { pictures } from "../scan/pictures.test-data.ts";
import {
  plainPicture,
  secret,
  taggedGif,
  taggedJpeg,
  taggedPng,
  taggedWebp,
} from "./tagged-pictures.test-kit.ts";
import { withoutMetadata } from "./without-metadata.ts";

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");

const tagged: readonly (readonly [string, Uint8Array<ArrayBuffer>])[] = [
  ["JPEG", taggedJpeg(6)],
  ["progressive JPEG", taggedJpeg(1, "jpegProgressive")],
  ["PNG", taggedPng(3)],
  ["WebP", taggedWebp(8, "webpLossy")],
  ["moving WebP", taggedWebp(1, "webpAnimated")],
  ["GIF", taggedGif("gif")],
  ["moving GIF", taggedGif("gifAnimated")],
];

it.each(tagged)(
  "[T19] takes what tells of its making out of a %s, and keeps size, turn and movement",
  (_, bytes) => {
    expect(textOf(bytes)).toContain(secret);
    const stripped = withoutMetadata(bytes);
    expect(textOf(stripped)).not.toContain(secret);
    expect(textOf(stripped)).not.toMatch(/adobe\.com|Photoshop|XMP|tIME|MPF/);
    expect(readImageHeader(stripped)).toEqual(readImageHeader(bytes));
    expect({ orientation: 1, ...imageMeta(stripped) }).toEqual({ orientation: 1, ...imageMeta(bytes) });
  },
);

it("[T19] gives back the untagged picture, byte for byte", () => {
  expect(withoutMetadata(taggedJpeg(1))).toEqual(plainPicture("jpeg"));
  expect(withoutMetadata(taggedJpeg(1, "jpegProgressive"))).toEqual(plainPicture("jpegProgressive"));
  expect(withoutMetadata(taggedPng(1))).toEqual(plainPicture("png"));
  expect(withoutMetadata(taggedWebp(1, "webpAnimated"))).toEqual(plainPicture("webpAnimated"));
});

it("[T19] leaves a picture without such things as it is, and does nothing twice", () => {
  for (const name of Object.keys(pictures) as (keyof typeof pictures)[]) {
    const bytes = plainPicture(name);
    expect([name, withoutMetadata(bytes)]).toEqual([name, bytes]);
  }
  for (const [, bytes] of tagged) {
    const once = withoutMetadata(bytes);
    expect(withoutMetadata(once)).toEqual(once);
  }
});

it("[T19] keeps color profiles, and how often a GIF runs", () => {
  const profile = [0xff, 0xe2, 0, 16, ...new TextEncoder().encode("ICC_PROFILE\0\u0001\u0001")];
  const plain = taggedJpeg(6);
  const bytes = Uint8Array.from([...plain.subarray(0, 2), ...profile, ...plain.subarray(2)]);
  expect(textOf(withoutMetadata(bytes))).toContain("ICC_PROFILE");
  expect(textOf(withoutMetadata(taggedGif("gifAnimated")))).toContain("NETSCAPE2.0");
});

it("[T19] copies what is cut off as it is", () => {
  for (const [name, bytes] of tagged) {
    const whole = textOf(bytes).lastIndexOf(secret);
    for (const length of [0, 3, 12, 30, 60, Math.floor(whole / 2)]) {
      const cut = bytes.slice(0, length);
      expect([name, length, withoutMetadata(cut)]).toEqual([name, length, cut]);
    }
  }
});

it("[T19] never throws, whatever the bytes are", () => {
  const damage = fc.tuple(fc.constantFrom(...tagged.map(([, bytes]) => bytes)), fc.nat(), fc.nat(255));
  fc.assert(
    fc.property(damage, ([bytes, at, value]) => {
      const damaged = bytes.slice();
      damaged[at % bytes.length] = value;
      expect(withoutMetadata(damaged).length).toBeLessThanOrEqual(damaged.length);
    }),
    { numRuns: 3000 },
  );
});
