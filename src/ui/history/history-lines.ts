import { unreachable } from "../../base/invariant.ts";
import type { HistoryEvent, HistoryRow } from "../../model/history.ts";
import { countOf, formatCount } from "../format/count.ts";
import { boundsOfDay } from "../format/time.ts";

/** One line of the list: a day, an operation of it, or what stands at the end. */
export type HistoryLine =
  | { readonly type: "day"; readonly key: string; readonly time: number }
  | { readonly type: "operation"; readonly key: string; readonly row: HistoryRow }
  | { readonly type: "end"; readonly key: "end" };

/**
 * Rows with a line before each day. The order is the log's, and what came from elsewhere keeps its own time: a day may
 * come twice.
 */
export function historyLines(rows: readonly HistoryRow[]): readonly HistoryLine[] {
  const lines: HistoryLine[] = [];
  // Of tens of thousands of rows few begin a day, and asking each for its date would take longer than drawing them.
  let day = { from: Infinity, to: -Infinity };
  for (const row of rows) {
    if (row.time < day.from || row.time >= day.to) {
      day = boundsOfDay(row.time);
      lines.push({ type: "day", key: `day ${row.id}`, time: row.time });
    }
    lines.push({ type: "operation", key: `operation ${row.id}`, row });
  }
  if (rows.length > 0) lines.push({ type: "end", key: "end" });
  return lines;
}

/** What a person calls a document: a file by its path, something made by its name and what it is. */
export function nameOf(documentId: string): { readonly kind: string; readonly name: string } {
  const colon = documentId.indexOf(":");
  const kind = documentId.slice(0, Math.max(colon, 0));
  return { kind: kind === "file" ? "" : kind, name: documentId.slice(colon + 1) };
}

/** The name of a document in running text. */
export function spokenName(documentId: string): string {
  const { kind, name } = nameOf(documentId);
  return kind === "" ? name : `${kind} ${name}`;
}

/** Relationships that the line of an operation names; its details have more. */
const shown = 3;

/** What happened, to be read after the document's name. */
export function eventWords(event: HistoryEvent): string {
  switch (event.type) {
    case "file-put":
      return `${event.change} (${countOf(event.bytes, "byte")})`;
    case "file-deleted":
      return "deleted";
    case "relationships":
      return `${event.change}: ${relationshipWords(event)}`;
    case "document-deleted":
      return "deleted with all its relationships";
    default:
      return unreachable(event);
  }
}

function relationshipWords({ listed, left }: Extract<HistoryEvent, { type: "relationships" }>): string {
  const names = listed.slice(0, shown).map(({ type, targetId }) => `${type} ${spokenName(targetId)}`);
  const more = listed.length - names.length + left;
  if (more > 0) return `${names.join(", ")} and ${formatCount(more)} more`;
  return names.length === 0 ? "nothing" : names.join(", ");
}

/** What an operation does to those before it, or "". */
export function skipWords(skip: number): string {
  return skip === 0 ? "" : `skips ${countOf(skip, "operation")}`;
}
