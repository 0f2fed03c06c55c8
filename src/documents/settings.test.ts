import fc from "fast-check";
import { expect, it } from "vitest";
import { defaultSettings } from "../model/settings.ts";
import { parseSettings } from "./settings.ts";

const brief = (text: string) =>
  parseSettings(text).problems.map(({ code, line }) => `${code} ${line ?? "-"}`);

it("[R50] reads every setting", () => {
  const text = [
    "title: Notes",
    "language: pt-BR",
    "baseUrl: https://example.org/notes",
    "ignore: [drafts/, '*.tmp']",
    "layout: layouts/page.html",
    "images:",
    "  widths: [640, 320, 640]",
    "  quality: 70",
    "  formats: [avif, webp]",
    "remote:",
    "  images: false",
    "  documents:",
    "    guides/upstream.md: https://example.org/README.md#top",
    "  onError: fail",
    "  expiryDays: { images: 7, documents: 0.5 }",
    "  expiry:",
    "    https://img.shields.io/**: 30",
    "    '**/*.svg': 0",
    "  maxBytes: 1000",
  ].join("\n");
  expect(parseSettings(text)).toEqual({
    settings: {
      title: "Notes",
      language: "pt-BR",
      baseUrl: "https://example.org/notes/",
      ignore: ["drafts/", "*.tmp"],
      layout: "layouts/page.html",
      images: { widths: [320, 640], quality: 70, formats: ["avif", "webp"] },
      remote: {
        images: false,
        documents: { "guides/upstream.md": "https://example.org/README.md" },
        onError: "fail",
        expiryDays: { image: 7, document: 0.5 },
        expiry: [
          { pattern: "https://img.shields.io/**", days: 30 },
          { pattern: "**/*.svg", days: 0 },
        ],
        maxBytes: 1000,
      },
    },
    problems: [],
  });
});

it.each(["", "# only a comment\n", "title:\nimages:\n"])("[R50] %j gives the defaults", (text) => {
  expect(parseSettings(text)).toEqual({ settings: defaultSettings, problems: [] });
});

it("[R51] names unknown settings with line and the nearest name, and applies the rest", () => {
  const { settings, problems } = parseSettings(
    "title: A\nimages:\n  qualty: 50\n  quality: 60\ncolour: red\n",
  );
  expect(settings.title).toBe("A");
  expect(settings.images.quality).toBe(60);
  expect(problems.map(({ line, remedy }) => [line, remedy])).toEqual([
    [5, "Remove it. The settings here are title, language, baseUrl, ignore, layout, images, remote."],
    [3, "Did you mean images.quality?"],
  ]);
});

it.each([
  ["title: [1]", 1],
  ["a: 1\nlanguage: not a tag!", 2],
  ["baseUrl: ftp://x", 1],
  ["baseUrl: https://x.example/?q=1", 1],
  ["layout: ../outside.html", 1],
  ["layout: /etc/passwd", 1],
  ["ignore: drafts", 1],
  ["images: [1]", 1],
  ["images:\n  widths: [10]", 2],
  ["images:\n  widths: []", 2],
  ["images:\n  widths: [100.5]", 2],
  ["images:\n  quality: 101", 2],
  ["images:\n  quality: '80'", 2],
  ["images:\n  formats: [png]", 2],
])("[R52] %j keeps the default and says where", (text, line) => {
  const { settings, problems } = parseSettings(text);
  expect(settings).toEqual(defaultSettings);
  expect(problems.filter(({ code }) => code === "setting-invalid").map((problem) => problem.line)).toEqual([
    line,
  ]);
});

it.each([
  ["title: [", "settings-unreadable 1"],
  ["- a\n- b", "settings-unreadable 1"],
  ["just text", "settings-unreadable 1"],
])("[R53] %j is a fault of the file", (text, expected) => {
  expect(brief(text)).toEqual([expected]);
});

it("[R53] survives aliases that multiply", () => {
  const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
  for (let i = 1; i < 12; i++) lines.push(`a${i}: &a${i} [${`*a${i - 1}, `.repeat(10)}]`);
  expect(brief(lines.join("\n"))).toEqual(["settings-unreadable 1"]);
});

it("[R53] never throws, whatever the file holds", () => {
  const part = fc.constantFrom(
    "title",
    "images",
    "widths",
    ":",
    " ",
    "\n",
    "  ",
    "[",
    "]",
    "-",
    "1",
    "'",
    "&a",
    "*a",
    "{",
  );
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const { settings } = parseSettings(parts.join(""));
      expect(settings.images.widths.length).toBeGreaterThan(0);
    }),
  );
});

it.each([
  ["remote:\n  images: maybe", 2],
  ["remote:\n  onError: ignore", 2],
  ["remote:\n  expiryDays: -1", 2],
  ["remote:\n  expiryDays:\n    images: never", 3],
  ["remote:\n  expiry:\n    a: 1\n    b: [1]", 4],
  ["remote:\n  expiry: 7", 2],
  ["remote:\n  documents:\n    a.md: ftp://example.org/a.md", 3],
  ["remote:\n  documents:\n    a.png: https://example.org/a.png", 3],
  ["remote:\n  documents:\n    ../a.md: https://example.org/a.md", 3],
  ["remote:\n  maxBytes: 0", 2],
])("[R52] %j is a problem on line %d alone", (text, line) => {
  const { settings, problems } = parseSettings(text);
  expect(problems.map(({ code, line: at }) => [code, at])).toEqual([["setting-invalid", line]]);
  const { expiry, ...rest } = settings.remote;
  expect({ ...rest, expiry: expiry.filter(({ pattern }) => pattern !== "a") }).toEqual(
    defaultSettings.remote,
  );
});
