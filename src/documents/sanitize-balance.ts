import { voidElements } from "./sanitize-policy.ts";

/** Elements open at once; what would nest deeper loses its tags and keeps its text. */
const deepest = 200;

/**
 * Closes every element that is open at the end and drops end tags that close nothing, so that a document cannot end
 * the page's own elements. Takes HTML as this layer writes it: `<` and `>` stand in tags alone, names in lower case.
 * Cost: one pass; the stack is searched only for names that it holds.
 */
export function balance(html: string): string {
  const open: string[] = [];
  const counts = new Map<string, number>();
  const pieces: string[] = [];
  let kept = 0;
  for (let at = html.indexOf("<"); at >= 0; at = html.indexOf("<", at + 1)) {
    const end = html.indexOf(">", at) + 1;
    if (end === 0) break;
    const isEnd = html[at + 1] === "/";
    const name = nameAt(html, isEnd ? at + 2 : at + 1);
    if (voidElements.has(name) && !isEnd) continue;
    if (!isEnd && open.length < deepest) {
      open.push(name);
      counts.set(name, (counts.get(name) ?? 0) + 1);
      continue;
    }
    pieces.push(html.slice(kept, at));
    kept = end;
    if (isEnd && (counts.get(name) ?? 0) > 0) pieces.push(closeThrough(name, open, counts));
  }
  pieces.push(html.slice(kept));
  while (open.length > 0) pieces.push(`</${open.pop() ?? ""}>`);
  return pieces.join("");
}

/** End tags for `name` and for everything that is open inside it. */
function closeThrough(name: string, open: string[], counts: Map<string, number>): string {
  let tags = "";
  for (let last = open.pop(); last !== undefined; last = open.pop()) {
    counts.set(last, (counts.get(last) ?? 1) - 1);
    tags += `</${last}>`;
    if (last === name) break;
  }
  return tags;
}

function nameAt(html: string, start: number): string {
  let end = start;
  for (let unit = html.charCodeAt(end); isNameUnit(unit); unit = html.charCodeAt(end)) end++;
  return html.slice(start, end);
}

const isNameUnit = (unit: number): boolean =>
  (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x30 && unit <= 0x39) || unit === 0x2d;
