import type { InlineText } from "./scan-inline.ts";

/**
 * The cells of a GFM table that a paragraph holds, and the text before it; `undefined` when it holds none. A table
 * begins with a line whose cells are as many as those of the delimiter row below it.
 */
export function splitTable(paragraph: InlineText): readonly InlineText[] | undefined {
  if (!paragraph.text.includes("|") && !paragraph.text.includes("\n:")) return undefined;
  const lines = paragraph.text.split("\n");
  const header = lines.findIndex(
    (line, i) => isDelimiterRow(lines[i + 1]) && cellsOf(line).length === cellsOf(lines[i + 1] ?? "").length,
  );
  if (header < 0) return undefined;
  const before = lines.slice(0, header).join("\n");
  const parts: InlineText[] = before === "" ? [] : [{ text: before, line: paragraph.line }];
  lines.slice(header).forEach((line, i) => {
    if (i === 1) return;
    for (const text of cellsOf(line)) parts.push({ text, line: paragraph.line + header + i });
  });
  return parts;
}

function isDelimiterRow(line: string | undefined): boolean {
  if (line === undefined || (!line.includes("|") && !line.includes(":"))) return false;
  const trimmed = line.trim();
  for (const sign of trimmed) if (sign !== "|" && sign !== "-" && sign !== ":" && sign !== " ") return false;
  return cellsOf(line).every((cell) => /^:?-+:?$/.test(cell));
}

/** The cells between unescaped bars; a bar's own escape goes, since it belongs to the table. */
export function cellsOf(line: string): string[] {
  const cells: string[] = [];
  let cell = "";
  const trimmed = line.trim();
  for (let i = 0; i < trimmed.length; i++) {
    const sign = trimmed[i] ?? "";
    if (sign === "\\" && trimmed[i + 1] === "|") {
      cell += "|";
      i++;
    } else if (sign === "|") {
      cells.push(cell.trim());
      cell = "";
    } else cell += sign;
  }
  if (cell.trim() !== "" || cells.length === 0) cells.push(cell.trim());
  return trimmed.startsWith("|") ? cells.slice(1) : cells;
}
