import { decodeHTMLStrict } from "entities/decode";

/** The longest name of HTML is 31 letters; numbers have at most 7 digits. */
const longest = 34;

/** The character reference `&…;` that stands at `at`, decoded, and where it ends; `undefined` when there is none. */
export function decodeEntity(text: string, at: number): { text: string; end: number } | undefined {
  const window = text.slice(at, at + longest);
  const end = window.indexOf(";");
  if (end < 0) return undefined;
  const source = window.slice(0, end + 1);
  if (!/^&(?:#(?:x[0-9a-f]{1,6}|[0-9]{1,7})|[a-z][a-z0-9]*);$/i.test(source)) return undefined;
  const decoded = decodeHTMLStrict(source);
  return decoded === source ? undefined : { text: decoded, end: at + source.length };
}

/** Whether a backslash before `sign` is markup: true for ASCII punctuation. */
export function isPunctuation(sign: string | undefined): boolean {
  return sign !== undefined && /^[!-/:-@[-`{-~]$/.test(sign);
}

/** Markdown's backslash escapes and character references undone, as in link addresses and titles. */
export function unescapeMarkdown(text: string): string {
  if (!text.includes("\\") && !text.includes("&")) return text;
  let result = "";
  for (let i = 0; i < text.length; i++) {
    const sign = text[i] ?? "";
    if (sign === "\\" && isPunctuation(text[i + 1])) {
      i++;
      result += text[i] ?? "";
      continue;
    }
    const entity = sign === "&" ? decodeEntity(text, i) : undefined;
    result += entity?.text ?? sign;
    if (entity !== undefined) i = entity.end - 1;
  }
  return result;
}
