import type { Row } from "./row.ts";

/**
 * One thing that happened to one row of a table. A row is always the whole of it. Entries may come late, twice and in
 * any order: `create` puts the row also where it is known already, `update` also where it is not, and `delete` of what
 * is not there means nothing.
 *
 * Of entries with a version the highest is the one that counts: an entry whose version is not above that of the row,
 * or of the delete that removed it, changes nothing. An entry without a version always counts, and leaves the version
 * of its row as it is.
 */
export type Entry =
  | {
      readonly type: "create" | "update";
      readonly table: string;
      readonly row: Row;
      readonly version?: number;
    }
  | { readonly type: "delete"; readonly table: string; readonly key: string; readonly version?: number };
