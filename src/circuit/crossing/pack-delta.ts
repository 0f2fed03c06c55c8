import type { Delta, PackedDelta } from "../../model/wire.ts";
import { packRows } from "./pack-rows.ts";

/** A delta with its rows as columns. */
export function packDelta({ projectId, view, reset, upserts, removals }: Delta): PackedDelta {
  return { projectId, view, reset, upserts: packRows(upserts), removals };
}
