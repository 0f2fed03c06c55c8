import type { PackedColumn, PackedRows } from "../../model/packed-rows.ts";
import { hasBit } from "./bits.ts";
import { RowBlock } from "./row-block.ts";

/** What came over a thread: rows to read, or why there are none. */
export type OpenedRows =
  | { readonly ok: true; readonly rows: RowBlock }
  | { readonly ok: false; readonly reason: string };

/** Thrown inside, never out of this file. */
class Malformed extends Error {}

/**
 * Opens what says of itself that it is packed rows. Whatever `pack` holds, this does not throw; and when it says `ok`,
 * reading the rows does not either. Cost: one pass over the codes, and the parsing of the JSON.
 */
export function openRows(pack: unknown): OpenedRows {
  try {
    const sound = checked(pack);
    return { ok: true, rows: new RowBlock(sound, parsedJson(sound)) };
  } catch (error) {
    if (error instanceof Malformed) return { ok: false, reason: error.message };
    throw error;
  }
}

function demand(isSo: boolean, otherwise: string): asserts isSo {
  if (!isSo) throw new Malformed(otherwise);
}

/** The one place where data of another thread becomes packed rows. */
function checked(pack: unknown): PackedRows {
  demand(isRecord(pack), "the rows are no record");
  const { count, strings, columns } = pack;
  demand(typeof count === "number" && Number.isInteger(count) && count >= 0, "there is no number of rows");
  demand(Array.isArray(strings), "there is no list of texts");
  // Not `every`, which passes over holes.
  for (const text of strings) demand(typeof text === "string", "a text is none");
  demand(Array.isArray(columns), "there is no list of columns");
  for (const column of columns) checkColumn(column, count, strings.length);
  const sound = pack as PackedRows;
  checkNames(sound);
  return sound;
}

const arrays = {
  text: Uint32Array,
  json: Uint32Array,
  number: Float64Array,
  byte: Uint8Array,
  boolean: Uint8Array,
} as const;

function checkColumn(column: unknown, count: number, texts: number): void {
  demand(isRecord(column) && typeof column["name"] === "string", "a column has no name");
  const { name, type, values, nulls, absent } = column;
  demand(isType(type), `column ${name} has no type`);
  demand(values instanceof arrays[type] && values.length === count, `column ${name} has other rows`);
  for (const bits of [nulls, absent]) {
    const isSet = bits === null || (bits instanceof Uint8Array && bits.length === (count + 7) >> 3);
    demand(isSet, `column ${name} has other gaps`);
  }
  if (arrays[type] !== Uint32Array) return;
  for (let row = 0; row < count; row++) {
    demand(
      (values[row] ?? 0) < texts || isGap(column as PackedColumn, row),
      `column ${name} has no such text`,
    );
  }
}

function isGap({ nulls, absent }: PackedColumn, row: number): boolean {
  return hasBit(nulls, row) || hasBit(absent, row);
}

function isType(type: unknown): type is PackedColumn["type"] {
  return typeof type === "string" && Object.hasOwn(arrays, type);
}

function checkNames({ count, columns }: PackedRows): void {
  demand(new Set(columns.map(({ name }) => name)).size === columns.length, "a column is there twice");
  const key = columns.find(({ name }) => name === "key");
  const hasKeys = key?.type === "text" && key.nulls === null && key.absent === null;
  demand(count === 0 || hasKeys, "the rows have no keys");
}

/** The numbers that JSON has no word for. */
const numberNames = new Map([
  ["NaN", NaN],
  ["Infinity", Infinity],
  ["-Infinity", -Infinity],
]);

/** What each JSON text in use means; rows with the same text share the value. */
function parsedJson({ count, strings, columns }: PackedRows): ReadonlyMap<string, unknown> {
  const parsed = new Map<string, unknown>(numberNames);
  for (const column of columns) {
    if (column.type !== "json") continue;
    for (let row = 0; row < count; row++) {
      const text = strings[column.values[row] ?? 0] ?? "";
      if (!isGap(column, row) && !parsed.has(text)) parsed.set(text, parse(text, column.name));
    }
  }
  return parsed;
}

function parse(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Malformed(`column ${name} holds what is not JSON`);
  }
}

function isRecord(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null;
}
