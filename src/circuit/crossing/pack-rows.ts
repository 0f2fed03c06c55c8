import type { PackedColumn, PackedRows } from "../../model/packed-rows.ts";
import { setBit } from "./bits.ts";
import { columnsOf, type ColumnShape } from "./column-shape.ts";
import { StringList } from "./string-list.ts";

/**
 * Packs rows into columns. A column's type follows from the values in it, so any plain row can be packed: texts and
 * numbers of every kind come back as they are, lone surrogates and -0 included, other data as JSON holds it. The rows
 * are not changed. Cost: about 1 µs a row of eleven columns.
 */
export function packRows(
  rows: readonly { readonly key: string; readonly [column: string]: unknown }[],
): PackedRows {
  const shapes = columnsOf(rows);
  const buffer = new ArrayBuffer(shapes.reduce((sum, shape) => sum + bytesOf(shape, rows.length), 0));
  const strings = new StringList();
  let at = 0;
  const columns = shapes.map((shape) => {
    const column = emptyColumn(shape, { buffer, at, count: rows.length });
    at += bytesOf(shape, rows.length);
    fill(column, shape.cells, strings);
    return column;
  });
  return { count: rows.length, strings: strings.all, columns };
}

/** The buffers of packs, to be transferred with them. */
export function buffersOf(packs: readonly PackedRows[]): ArrayBuffer[] {
  const buffers = packs.flatMap(({ columns }) => columns.slice(0, 1).map(({ values }) => values.buffer));
  return buffers.filter(({ byteLength }) => byteLength > 0);
}

const widths = { text: 4, json: 4, number: 8, byte: 1, boolean: 1 } as const;

/** Each array begins at a multiple of 8 bytes, as the widest needs. */
const aligned = (bytes: number): number => (bytes + 7) & ~7;

function bytesOf({ type, hasNull, hasAbsent }: ColumnShape, count: number): number {
  return aligned(widths[type] * count) + (Number(hasNull) + Number(hasAbsent)) * aligned((count + 7) >> 3);
}

type Room = { readonly buffer: ArrayBuffer; readonly at: number; readonly count: number };

function emptyColumn({ name, type, hasNull, hasAbsent }: ColumnShape, room: Room): PackedColumn {
  const { buffer, at, count } = room;
  const bits = (count + 7) >> 3;
  const nullsAt = at + aligned(widths[type] * count);
  const absentAt = nullsAt + (hasNull ? aligned(bits) : 0);
  const nulls = hasNull ? new Uint8Array(buffer, nullsAt, bits) : null;
  const absent = hasAbsent ? new Uint8Array(buffer, absentAt, bits) : null;
  switch (type) {
    case "text":
    case "json":
      return { name, nulls, absent, type, values: new Uint32Array(buffer, at, count) };
    case "number":
      return { name, nulls, absent, type, values: new Float64Array(buffer, at, count) };
    case "byte":
    case "boolean":
      return { name, nulls, absent, type, values: new Uint8Array(buffer, at, count) };
  }
}

function fill({ type, values, nulls, absent }: PackedColumn, cells: readonly unknown[], strings: StringList) {
  strings.beginColumn();
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row];
    if (cell === undefined) setBit(absent, row);
    else if (cell === null) setBit(nulls, row);
    else if (type === "json") values[row] = strings.code(jsonOf(cell));
    else values[row] = typeof cell === "string" ? strings.code(cell) : Number(cell);
  }
}

/** JSON, and for numbers that it has no word for, their names. */
function jsonOf(cell: unknown): string {
  if (typeof cell === "number") return Object.is(cell, -0) ? "-0" : String(cell);
  return JSON.stringify(cell);
}
