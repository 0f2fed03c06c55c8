import fc from "fast-check";
import { expect, it } from "vitest";
import { parseProjectPath } from "../base/project-path.ts";
import { addressFrom, addressOf, remotePlace } from "./remote-address.ts";

it.each([
  ["https://Example.org/a b.png#top", "https://example.org/a%20b.png"],
  ["//example.org/a.png", "https://example.org/a.png"],
  ["http://example.org:8080/?q=1", "http://example.org:8080/?q=1"],
  ["HTTPS://example.org", "https://example.org/"],
  ["https://me:secret@example.org/a.png", undefined],
  ["ftp://example.org/a.png", undefined],
  ["data:image/png;base64,AAAA", undefined],
  ["https://", undefined],
  ["a.png", undefined],
  [`https://example.org/${"a".repeat(3000)}`, undefined],
])("[R55] %s is known as %s", (raw, address) => {
  expect(addressOf(raw)).toBe(address);
});

it("[R55] never throws, and what it gave is its own form", () => {
  const hostile = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: "binary" }).map((rest) => `https://${rest}`),
    fc.webUrl({ withFragments: true, withQueryParameters: true }),
  );
  fc.assert(
    fc.property(hostile, (raw) => {
      const address = addressOf(raw);
      expect(address === undefined ? undefined : addressOf(address)).toBe(address);
    }),
  );
});

it("[R55] reads what a fetched document names from where the document is", () => {
  const base = "https://example.org/docs/guide/README.md";
  expect(addressFrom(base, "../img/a b.png")).toBe("https://example.org/docs/img/a%20b.png");
  expect(addressFrom(base, "/logo.png")).toBe("https://example.org/logo.png");
  expect(addressFrom(base, "100%.png")).toBe("https://example.org/docs/guide/100%25.png");
  expect(addressFrom(base, "\uD800.png")).toBe(base);
});

it.each([
  ["https://img.shields.io/badge/a.svg", "svg", "remote/img.shields.io/a-0011223344556677.svg"],
  ["http://localhost:8080/My%20Photo.jpeg", "webp", "remote/localhost-8080/My-Photo-0011223344556677.webp"],
  ["https://example.org/", "png", "remote/example.org/0011223344556677.png"],
  ["https://example.org/..%2F..%2Fetc", "", "remote/example.org/etc-0011223344556677"],
])("[R56] %s as %s stands at %s", (address, extension, place) => {
  expect(remotePlace(address, "0011223344556677", extension)).toBe(place);
});

it("[R56] is a path below remote for every address", () => {
  fc.assert(
    fc.property(fc.webUrl(), fc.string({ unit: "binary" }), (url, name) => {
      const address = addressOf(`${url}/${name}`);
      if (address === undefined) return;
      const place = remotePlace(address, "0011223344556677", "png");
      expect(parseProjectPath(place)).toBe(place);
      expect(place).toMatch(/^remote\/[^/]+\/[^/]+$/u);
    }),
  );
});
