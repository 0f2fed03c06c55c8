import { isMap, isScalar, LineCounter, parseDocument, type Document } from "yaml";
import { z } from "zod";
import { parseProjectPath, type ProjectPath } from "../base/project-path.ts";
import { defaultSettings, type Settings } from "../model/settings.ts";
import { readRemoteSettings } from "./remote-settings.ts";
import { SettingsReader, type SettingsProblem, type Values } from "./settings-reader.ts";

/**
 * Reads `strata.yaml`. Never throws: what is wrong is a problem, and its setting keeps the default while all others
 * apply. Widths come out ascending, each once.
 */
export function parseSettings(text: string): { settings: Settings; problems: SettingsProblem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false });
  const lineAt = (offset: number | undefined): number | null =>
    offset === undefined ? null : lines.linePos(offset).line;
  const broken = document.errors[0];
  if (broken !== undefined) {
    const reason = broken.message.split(/ at line |:?\n/)[0] ?? "";
    const problem = notReadable(`is not valid YAML: ${reason}`, lineAt(broken.pos[0]));
    return { settings: defaultSettings, problems: [problem] };
  }
  const value = valueOf(document);
  if (value === undefined || (value !== null && (typeof value !== "object" || Array.isArray(value)))) {
    const problem = notReadable("does not hold settings", 1);
    return { settings: defaultSettings, problems: [problem] };
  }
  const reader = new SettingsReader((path) => lineAt(offsetOf(document, path)));
  const settings = readSettings(reader, value === null ? {} : { ...value });
  return { settings, problems: reader.problems };
}

/** The plain value, or `undefined` when its aliases multiply beyond reason. */
function valueOf(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    return undefined;
  }
}

function notReadable(what: string, line: number | null): SettingsProblem {
  return {
    code: "settings-unreadable",
    severity: "error",
    message: `The settings file ${what}. The defaults are used.`,
    remedy: 'Write one setting a line, such as "title: My notes".',
    line,
  };
}

/** Where the key at `path` stands in the text, else the value, else the key above it. */
function offsetOf(document: Document, path: readonly (string | number)[]): number | undefined {
  for (let length = path.length; length > 0; length--) {
    const parent = document.getIn(path.slice(0, length - 1), true) ?? document.contents;
    const key = path[length - 1];
    const pair = isMap(parent)
      ? parent.items.find((item) => isScalar(item.key) && item.key.value === key)
      : undefined;
    if (pair !== undefined && isScalar(pair.key)) return pair.key.range?.[0];
    const node = document.getIn(path.slice(0, length), true);
    if (isScalar(node)) return node.range?.[0];
  }
  return undefined;
}

const layout = z.string().transform((raw, context): ProjectPath => {
  const path = parseProjectPath(raw);
  if (path !== undefined) return path;
  context.addIssue({ code: "custom", message: "leads out of the project" });
  return z.NEVER;
});

const baseUrl = z.string().transform((raw, context): string => {
  if (/^https?:\/\//i.test(raw) && URL.canParse(raw)) {
    const url = new URL(raw);
    if (url.search === "" && url.hash === "") return url.href.endsWith("/") ? url.href : `${url.href}/`;
  }
  context.addIssue({ code: "custom", message: "is no web address" });
  return z.NEVER;
});

const widths = z
  .array(z.int().min(16).max(8192))
  .min(1)
  .max(24)
  .transform((list) => [...new Set(list)].sort((a, b) => a - b));

const formats = z
  .array(z.enum(["webp", "avif"]))
  .min(1)
  .transform((list) => [...new Set(list)]);

/** Each setting with the check of its value and with words for what it must be. */
const top = {
  title: [z.string().nullable(), "a text"],
  language: [z.string().regex(/^[a-z]{2,8}(-[a-z0-9]{1,8})*$/i), 'a language tag such as "en" or "pt-BR"'],
  baseUrl: [baseUrl.nullable(), 'an address such as "https://example.org/notes/"'],
  ignore: [z.array(z.string()), "a list of patterns as in .gitignore"],
  layout: [layout.nullable(), 'the path of a template in the project, such as "layouts/page.html"'],
} as const;

const images = {
  widths: [widths, "a list of 1 to 24 whole numbers from 16 to 8192"],
  quality: [z.int().min(1).max(100), "a whole number from 1 to 100"],
  formats: [formats, 'a list of "webp" and "avif"'],
} as const;

function readSettings(reader: SettingsReader, values: Values): Settings {
  reader.refuseUnknown(values, [], [...Object.keys(top), "images", "remote"]);
  const given = reader.group(values, ["images"], Object.keys(images));
  return {
    title: reader.value(top.title, values, ["title"]) ?? defaultSettings.title,
    language: reader.value(top.language, values, ["language"]) ?? defaultSettings.language,
    baseUrl: reader.value(top.baseUrl, values, ["baseUrl"]) ?? defaultSettings.baseUrl,
    ignore: reader.value(top.ignore, values, ["ignore"]) ?? defaultSettings.ignore,
    layout: reader.value(top.layout, values, ["layout"]) ?? defaultSettings.layout,
    images: {
      widths: reader.value(images.widths, given, ["images", "widths"]) ?? defaultSettings.images.widths,
      quality: reader.value(images.quality, given, ["images", "quality"]) ?? defaultSettings.images.quality,
      formats: reader.value(images.formats, given, ["images", "formats"]) ?? defaultSettings.images.formats,
    },
    remote: readRemoteSettings(reader, values),
  };
}
