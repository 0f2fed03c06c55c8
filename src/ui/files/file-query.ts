import type { ResourceKind, Status } from "../../model/resource.ts";
import type { NodeRow } from "../../model/view-rows.ts";
import { kindOrder } from "../status/kind-words.ts";
import { statusOrder } from "../status/status-icon.tsx";

export type FileColumn = "status" | "label" | "kind" | "generation" | "cause" | "time" | "size";

/** What the table shows and in which order. Empty sets let everything through. */
export type FileQuery = {
  /** A part of the label, in any case. */
  readonly text: string;
  readonly kinds: ReadonlySet<ResourceKind>;
  readonly statuses: ReadonlySet<Status>;
  readonly sort: { readonly column: FileColumn; readonly descending: boolean };
};

export const allFiles: FileQuery = {
  text: "",
  kinds: new Set(),
  statuses: new Set(),
  sort: { column: "label", descending: false },
};

/** The number that a column other than label and cause sorts by; `null` stands last either way round. */
export function sortNumber(row: NodeRow, column: Exclude<FileColumn, "label" | "cause">): number | null {
  switch (column) {
    case "status":
      return statusOrder.indexOf(row.status);
    case "kind":
      return kindOrder.indexOf(row.kind);
    case "generation":
      return row.generation;
    case "time":
      return row.durationMs;
    case "size":
      return row.bytes;
  }
}

/** The same set with `member` in it if it was not, and without it if it was. */
export function toggled<T>(set: ReadonlySet<T>, member: T): ReadonlySet<T> {
  const next = new Set(set);
  if (!next.delete(member)) next.add(member);
  return next;
}
