import { isMap, LineCounter, parseDocument } from "yaml";
import type { ProjectPath } from "../base/project-path.ts";
import type { Json } from "../base/json.ts";
import type { Problem } from "../model/problem.ts";

/** A document cut in two. */
export type FrontMatterSplit = {
  /** What stands between the `---` lines, or `null` when the document has no front matter. */
  readonly yaml: string | null;
  readonly body: string;
  /** 1-based line of the file on which `body` begins. */
  readonly bodyLine: number;
};

/**
 * Cuts the front matter off: a first line `---`, and everything up to the next line `---` or `...`. Line ends become
 * `\n` and a byte order mark goes, so that scan and renderer see one text. Cost: linear.
 */
export function splitFrontMatter(file: string): FrontMatterSplit {
  const text = (file.startsWith("\uFEFF") ? file.slice(1) : file)
    .replaceAll("\r\n", "\n")
    .replaceAll("\r", "\n");
  const first = lineEnd(text, 0);
  if (text.slice(0, first).trimEnd() !== "---") return { yaml: null, body: text, bodyLine: 1 };
  for (let start = first + 1, line = 2; start < text.length; line++) {
    const end = lineEnd(text, start);
    if (isClosing(text, start, end)) {
      return { yaml: text.slice(first + 1, start), body: text.slice(end + 1), bodyLine: line + 1 };
    }
    start = end + 1;
  }
  return { yaml: null, body: text, bodyLine: 1 };
}

function lineEnd(text: string, start: number): number {
  const end = text.indexOf("\n", start);
  return end < 0 ? text.length : end;
}

function isClosing(text: string, start: number, end: number): boolean {
  if (!text.startsWith("---", start) && !text.startsWith("...", start)) return false;
  return text.slice(start + 3, end).trim() === "";
}

export type FrontMatter = { readonly [key: string]: Json };

/** The values of front matter. Bad YAML gives none of them, and a problem with its line in the file. */
export function parseFrontMatter(
  path: ProjectPath,
  yaml: string,
): { frontMatter: FrontMatter; problems: Problem[] } {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines, uniqueKeys: false });
  const error = document.errors[0];
  if (error !== undefined) {
    const reason = error.message.split(/ at line |:?\n/)[0] ?? "";
    // The first line of the YAML is the second of the file.
    return failed(path, `is not valid YAML: ${reason}`, lines.linePos(error.pos[0]).line + 1);
  }
  if (document.contents === null) return { frontMatter: {}, problems: [] };
  if (!isMap(document.contents)) return failed(path, "is no list of keys and values", 2);
  try {
    const value = toJson(document.toJS({ maxAliasCount: 100 }));
    return isRecord(value) ? { frontMatter: value, problems: [] } : failed(path, "holds no keys", 2);
  } catch {
    return failed(path, "uses an alias that it does not define, or repeats aliases beyond reason", 2);
  }
}

function failed(
  path: ProjectPath,
  what: string,
  line: number,
): { frontMatter: FrontMatter; problems: Problem[] } {
  const problem: Problem = {
    code: "front-matter-unreadable",
    severity: "warning",
    message: `The front matter of ${path} ${what}. It is left out.`,
    remedy: 'Write one value a line, such as "title: My note", and quote texts that hold a colon.',
    path,
    line,
  };
  return { frontMatter: {}, problems: [problem] };
}

const isRecord = (value: Json): value is FrontMatter =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** YAML knows numbers and keys that JSON does not: those become texts, and what has no form at all `null`. */
function toJson(value: unknown): Json {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object") return null;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, toJson(inner)]));
}
