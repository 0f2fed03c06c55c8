/** The size that an SVG states, in CSS pixels. */
export type SvgSize = { readonly width: number; readonly height: number };

const pixelsPerUnit: Readonly<Record<string, number>> = {
  "": 1,
  px: 1,
  pt: 96 / 72,
  pc: 16,
  in: 96,
  cm: 96 / 2.54,
  mm: 96 / 25.4,
  q: 96 / 101.6,
  em: 16,
  rem: 16,
  ex: 8,
};

/**
 * The size of an SVG: `width` and `height` of its root, the missing one from `viewBox`, 0 and 0 when it states
 * neither; `undefined` when the text is no SVG. Source: SVG 2, 8.2 and 8.6. Cost: linear in the prolog.
 */
export function readSvgSize(text: string): SvgSize | undefined {
  const start = skipProlog(text);
  const root = /<(?:[\w.-]+:)?svg(?=[\s/>])/y;
  root.lastIndex = start;
  if (!root.test(text)) return undefined;
  return sizeOf(attributesAt(text, root.lastIndex));
}

/** Where the first element begins: behind white space, comments, processing instructions and the document type. */
function skipProlog(text: string): number {
  let offset = 0;
  for (;;) {
    while (offset < text.length && /\s/.test(text.charAt(offset))) offset++;
    const end = endOfMisc(text, offset);
    if (end === undefined) return offset;
    offset = end;
  }
}

function endOfMisc(text: string, offset: number): number | undefined {
  if (text.startsWith("<?", offset)) return behind(text, "?>", offset);
  if (text.startsWith("<!--", offset)) return behind(text, "-->", offset);
  if (/^<!doctype/i.test(text.slice(offset, offset + 9))) return endOfDoctype(text, offset);
  return undefined;
}

/** An internal subset in brackets may hold `>`. */
function endOfDoctype(text: string, offset: number): number {
  const close = text.indexOf(">", offset);
  const bracket = text.indexOf("[", offset);
  if (bracket < 0 || (close >= 0 && close < bracket)) return behind(text, ">", offset);
  return behind(text, ">", behind(text, "]", bracket));
}

function behind(text: string, what: string, from: number): number {
  const at = text.indexOf(what, from);
  return at < 0 ? text.length : at + what.length;
}

function attributesAt(text: string, from: number): ReadonlyMap<string, string> {
  const attribute = /\s+([^\s=/>"']+)\s*=\s*(?:"([^"]*)"|'([^']*)')/y;
  attribute.lastIndex = from;
  const attributes = new Map<string, string>();
  for (let match = attribute.exec(text); match !== null; match = attribute.exec(text)) {
    attributes.set(match[1] ?? "", match[2] ?? match[3] ?? "");
  }
  return attributes;
}

function sizeOf(attributes: ReadonlyMap<string, string>): SvgSize {
  const width = lengthOf(attributes.get("width"));
  const height = lengthOf(attributes.get("height"));
  const box = viewBoxOf(attributes.get("viewBox"));
  if (width !== undefined && height !== undefined) return rounded(width, height);
  if (box === undefined) return { width: 0, height: 0 };
  if (width !== undefined) return rounded(width, (width * box.height) / box.width);
  if (height !== undefined) return rounded((height * box.width) / box.height, height);
  return rounded(box.width, box.height);
}

function rounded(width: number, height: number): SvgSize {
  return { width: Math.max(1, Math.round(width)), height: Math.max(1, Math.round(height)) };
}

/** A length in pixels; `undefined` for none, for per cent, and for what makes no picture. */
function lengthOf(value: string | undefined): number | undefined {
  const match = /^\s*\+?(\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?)([a-z]*)\s*$/i.exec(value ?? "");
  const scale = match === null ? undefined : pixelsPerUnit[match[2]?.toLowerCase() ?? ""];
  const length = match === null || scale === undefined ? 0 : Number(match[1]) * scale;
  return length > 0 && Number.isFinite(length) ? length : undefined;
}

function viewBoxOf(value: string | undefined): SvgSize | undefined {
  const numbers = (value ?? "")
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const [, , width = 0, height = 0] = numbers;
  const usable = numbers.length === 4 && numbers.every(Number.isFinite) && width > 0 && height > 0;
  return usable ? { width, height } : undefined;
}
