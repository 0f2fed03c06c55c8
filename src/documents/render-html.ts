import { Parser } from "htmlparser2";
import type { Heading } from "../model/facts.ts";
import { createAnchors } from "./anchors.ts";
import type { ReferenceRenderer } from "./render-references.ts";
import { balance } from "./sanitize-balance.ts";
import { sanitizeHtml } from "./sanitize-html.ts";
import { safeId } from "./sanitize-policy.ts";

/** An HTML document read once: what is to be shown of it, and its headings. */
export type ParsedHtml = {
  readonly source: string;
  /** 1-based line of the file on which `source` begins. */
  readonly line: number;
  /** Of the whole document. */
  readonly headings: readonly PlacedHeading[];
  /** Where `source` begins in the document. */
  readonly offset: number;
  readonly firstParagraph: null;
  readonly tooDeep: false;
  readonly found: boolean;
};

/** A heading and the offset of its tag. */
type PlacedHeading = Heading & { readonly start: number };

/** Finds the headings of an HTML document and cuts it to the section that is asked for (`null`: all of it). */
export function prepareHtml(source: string, line: number, anchor: string | null): ParsedHtml {
  const headings = findHeadings(source, line);
  const rest = { headings, firstParagraph: null, tooDeep: false } as const;
  if (anchor === null || anchor === "") return { source, line, offset: 0, found: true, ...rest };
  const index = headings.findIndex((heading) => heading.anchor === anchor);
  const first = headings[index];
  if (first === undefined) return { source: "", line, offset: 0, found: false, ...rest };
  const next = headings.find((other, i) => i > index && other.level <= first.level);
  const section = source.slice(first.start, next?.start);
  return { source: section, line: first.line, offset: first.start, found: true, ...rest };
}

/** The sanitised body, every heading with its anchor. */
export function renderHtmlBody(
  parsed: ParsedHtml,
  references: ReferenceRenderer,
  ids: "kept" | "dropped",
): string {
  const anchors = new Map(parsed.headings.map(({ start, anchor }) => [start - parsed.offset, anchor]));
  const anchorAt = (start: number): string | undefined => anchors.get(start);
  return balance(sanitizeHtml(parsed.source, { references, line: parsed.line, ids, anchorAt }));
}

function findHeadings(source: string, line: number): PlacedHeading[] {
  const headings: PlacedHeading[] = [];
  const anchors = createAnchors();
  // A heading keeps its own id; without one it is called by its text, as the scan does.
  const idOf = (id: string, text: string): string => safeId(id) || anchors.ofText(text);
  const lines = lineCounter(source, line);
  let open: { level: number; id: string; start: number; text: string } | undefined;
  const parser = new Parser({
    onopentag(name, attributes) {
      if (!/^h[1-6]$/.test(name)) return;
      open = { level: Number(name[1]), id: attributes.id ?? "", start: parser.startIndex, text: "" };
    },
    ontext(text) {
      if (open !== undefined) open.text += text;
    },
    onclosetag(name) {
      if (open === undefined || !/^h[1-6]$/.test(name)) return;
      const text = open.text.replace(/\s+/g, " ").trim();
      const { level, id, start } = open;
      headings.push({ level, text, anchor: idOf(id, text), line: lines(start), start });
      open = undefined;
    },
  });
  parser.end(source);
  return headings;
}

/** Asked in ascending order, so the text is counted once. */
function lineCounter(source: string, first: number): (offset: number) => number {
  let line = first;
  let counted = 0;
  return (offset) => {
    for (let at = source.indexOf("\n", counted); at >= 0 && at < offset; at = source.indexOf("\n", counted)) {
      line++;
      counted = at + 1;
    }
    return line;
  };
}
