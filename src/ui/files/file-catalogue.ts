import { compareNames } from "../../base/byte-order.ts";
import type { ResourceKind, Status } from "../../model/resource.ts";
import type { NodeRow } from "../../model/view-rows.ts";
import type { LiveView } from "../../session/contract.ts";
import { sortNumber, type FileQuery } from "./file-query.ts";
import type { FileCounts } from "./use-node-counts.ts";

type Entry = { row: NodeRow; readonly lower: string };

/** What a query gives: the keys in order, and how many rows match its text; `null` without a text, where that is all. */
export type FileSelection = {
  readonly keys: readonly string[];
  readonly total: number;
  readonly counts: FileCounts | null;
};

/**
 * All nodes in the order of their labels, kept true by the view's changes, so that a query only filters and, for
 * other columns, sorts numbers. 100,000 rows: 0.2 s for the first order, about 15 ms a query, 60 ms sorted otherwise.
 */
export class FileCatalogue {
  #entries: Entry[] = [];
  #byKey = new Map<string, Entry>();
  #version = -1;

  /** Takes what changed in the view since the last call. Cost: one merge when rows came or went. */
  update(view: LiveView<NodeRow>): void {
    const version = view.version();
    if (version === this.#version) return;
    const changed = this.#version < 0 ? undefined : view.changedSince(this.#version);
    if (changed === undefined) this.#rebuild(view.rows());
    else this.#apply(view, changed);
    this.#version = version;
  }

  select(query: FileQuery): FileSelection {
    const text = query.text.trim().toLowerCase();
    const kinds = new Map<ResourceKind, number>();
    const statuses = new Map<Status, number>();
    const passed: NodeRow[] = [];
    for (const { row, lower } of this.#entries) {
      if (text !== "") {
        if (!lower.includes(text)) continue;
        kinds.set(row.kind, (kinds.get(row.kind) ?? 0) + 1);
        statuses.set(row.status, (statuses.get(row.status) ?? 0) + 1);
      }
      if (query.kinds.size > 0 && !query.kinds.has(row.kind)) continue;
      if (query.statuses.size > 0 && !query.statuses.has(row.status)) continue;
      passed.push(row);
    }
    const counts = text === "" ? null : { kinds, statuses };
    return { keys: sortedKeys(passed, query.sort), total: this.#entries.length, counts };
  }

  #rebuild(rows: Iterable<NodeRow>): void {
    this.#byKey = new Map();
    for (const row of rows) this.#byKey.set(row.key, entryOf(row));
    this.#entries = [...this.#byKey.values()].sort(compareEntries);
  }

  #apply(view: LiveView<NodeRow>, changed: readonly string[]): void {
    const gone = new Set<Entry>();
    const come: Entry[] = [];
    for (const key of new Set(changed)) {
      const row = view.get(key);
      const known = this.#byKey.get(key);
      if (row !== undefined && known !== undefined && known.row.label === row.label) {
        known.row = row;
        continue;
      }
      if (known !== undefined) gone.add(known);
      this.#byKey.delete(key);
      if (row === undefined) continue;
      const entry = entryOf(row);
      this.#byKey.set(key, entry);
      come.push(entry);
    }
    if (gone.size > 0) this.#entries = this.#entries.filter((entry) => !gone.has(entry));
    if (come.length > 0) this.#entries = merge(this.#entries, come.sort(compareEntries));
  }
}

function entryOf(row: NodeRow): Entry {
  return { row, lower: row.label.toLowerCase() };
}

function compareEntries(a: Entry, b: Entry): number {
  return compareNames(a.row.label, b.row.label) || compareNames(a.row.key, b.row.key);
}

function merge(left: readonly Entry[], right: readonly Entry[]): Entry[] {
  const merged: Entry[] = [];
  let taken = 0;
  for (const entry of right) {
    for (let next = left[taken]; next !== undefined && compareEntries(next, entry) <= 0; next = left[taken]) {
      merged.push(next);
      taken++;
    }
    merged.push(entry);
  }
  for (; taken < left.length; taken++) {
    const rest = left[taken];
    if (rest !== undefined) merged.push(rest);
  }
  return merged;
}

/** `rows` come in the order of their labels, which stays the order among equals. */
function sortedKeys(rows: readonly NodeRow[], sort: FileQuery["sort"]): readonly string[] {
  const keys = rows.map((row) => row.key);
  if (sort.column === "label") return sort.descending ? keys.reverse() : keys;
  const numbers = sort.column === "cause" ? causeRanks(rows) : new Float64Array(rows.length);
  if (sort.column !== "cause") {
    for (const [i, row] of rows.entries()) numbers[i] = sortNumber(row, sort.column) ?? Infinity;
  }
  const places = Uint32Array.from(rows.keys());
  const sign = sort.descending ? -1 : 1;
  places.sort((a, b) => compareNumbers(numbers[a] ?? 0, numbers[b] ?? 0, sign) || a - b);
  return Array.from(places, (place) => keys[place] ?? "");
}

/** Infinity stands for an empty cell and is last in both directions. */
function compareNumbers(a: number, b: number, sign: number): number {
  if (a === b) return 0;
  if (a === Infinity) return 1;
  if (b === Infinity) return -1;
  return sign * (a - b);
}

/** Causes repeat a lot, so only the distinct ones are compared as text. */
function causeRanks(rows: readonly NodeRow[]): Float64Array {
  const distinct = [...new Set(rows.map((row) => row.cause))].sort(compareNames);
  const ranks = new Map(distinct.map((cause, rank) => [cause, cause === "" ? Infinity : rank]));
  return Float64Array.from(rows, (row) => ranks.get(row.cause) ?? Infinity);
}
