import type { HistoryEvent, HistoryRow } from "../../model/history.ts";
import { asContentHash } from "../../model/ids.ts";
import type { SourceKind } from "../../model/resource.ts";

const day = 24 * 3_600_000;

export const put = (
  change: "added" | "changed",
  bytes: number,
  kind: SourceKind = "document",
): HistoryEvent => ({
  type: "file-put",
  change,
  kind,
  bytes,
  contentHash: asContentHash("26c7827d889f6da3"),
  fault: null,
});

export const related = (
  change: "added" | "removed" | "updated",
  targets: readonly string[],
  left = 0,
): HistoryEvent => ({
  type: "relationships",
  change,
  listed: targets.map((targetId, line) => ({
    type: "references",
    targetId,
    metadata: `{"line":${line + 3}}`,
  })),
  left,
});

/** One operation of the made-up log. */
export function operation(
  id: number,
  documentId: string,
  event: HistoryEvent,
  change: Partial<HistoryRow> = {},
): HistoryRow {
  return {
    id,
    documentId,
    scope: event.type === "file-put" || event.type === "file-deleted" ? "source" : "document",
    branch: "main",
    index: 0,
    skip: 0,
    time: 1_700_000_000_000 + id * 1000,
    actionId: `00000000-0000-4000-8000-${String(id).padStart(12, "0")}`,
    hash: asContentHash("ef46db3751d8e999"),
    isHidden: false,
    event,
    ...change,
  };
}

/** A log of three days with everything that an operation can say, the newest first. */
export function sampleHistory(now: number): readonly HistoryRow[] {
  const unreadable = {
    ...put("added", 2_780_000, "image"),
    fault: "The image ends in the middle of its data.",
  };
  const notes = Array.from({ length: 12 }, (_, n) => `file:notes/2026-11-${n + 10}.md`);
  const events: readonly (readonly [string, HistoryEvent, Partial<HistoryRow>?])[] = [
    ["file:guide/writing/images.md", put("changed", 4_724)],
    ["file:guide/writing/images.md", related("removed", ["file:images/old.png"])],
    ["file:notes/draft.md", related("updated", ["file:index.md"]), { skip: 4 }],
    ["file:notes/draft.md", related("added", ["file:guide/installation.md"]), { isHidden: true }],
    ["file:images/old.png", { type: "file-deleted" }],
    ["file:images/old.png", { type: "document-deleted" }],
    ["page:index.md", related("added", ["file:index.md", "feed:strata.css"])],
    ["file:guide/writing/embeds-and-sections.md", related("added", notes, 31)],
    ["file:images/team.jpg", unreadable],
    ["file:index.md", put("added", 1_800)],
  ];
  return events.map(([documentId, event, change], n) =>
    operation(900 - n, documentId, event, { time: now - 60_000 * n - day * Math.floor(n / 4), ...change }),
  );
}

/** `count` changes of files in turn, a minute apart, the newest first. */
export function longHistory(count: number): readonly HistoryRow[] {
  return Array.from({ length: count }, (_, n) => {
    const id = count - n;
    return operation(id, `file:notes/note-${id % 50}.md`, put("changed", 1_000 + id), {
      time: 1_700_000_000_000 + id * 60_000,
      index: Math.floor(id / 50),
    });
  });
}
