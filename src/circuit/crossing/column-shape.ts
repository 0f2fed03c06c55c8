import type { PackedColumn } from "../../model/packed-rows.ts";

/** A column of rows before it is packed. */
export type ColumnShape = {
  readonly name: string;
  /** A value for each row; undefined where the row does not have the column. */
  readonly cells: readonly unknown[];
  readonly type: PackedColumn["type"];
  readonly hasNull: boolean;
  readonly hasAbsent: boolean;
};

type Rows = readonly { readonly [column: string]: unknown }[];

/** All columns that any of the rows has, in the order in which they appear. */
export function columnsOf(rows: Rows): readonly ColumnShape[] {
  const { names, areUniform } = namesOf(rows);
  return names.map((name) => shapeOf(name, cellsOf(rows, name, areUniform)));
}

/** Rows of one view are nearly always made by the same code, so that their columns stand in one order. */
function namesOf(rows: Rows): { readonly names: readonly string[]; readonly areUniform: boolean } {
  const first = Object.keys(rows[0] ?? {});
  if (rows.every((row) => areSame(Object.keys(row), first))) return { names: first, areUniform: true };
  return { names: [...new Set(rows.flatMap((row) => Object.keys(row)))], areUniform: false };
}

function areSame(names: readonly string[], others: readonly string[]): boolean {
  if (names.length !== others.length) return false;
  for (let i = 0; i < names.length; i++) if (names[i] !== others[i]) return false;
  return true;
}

/** A row without a column called `toString` must not seem to have one. */
function cellsOf(rows: Rows, name: string, areUniform: boolean): readonly unknown[] {
  return areUniform
    ? rows.map((row) => row[name])
    : rows.map((row) => (Object.hasOwn(row, name) ? row[name] : undefined));
}

function shapeOf(name: string, cells: readonly unknown[]): ColumnShape {
  let [texts, booleans, bytes, numbers, nulls, absent] = [0, 0, 0, 0, 0, 0];
  for (const cell of cells) {
    if (cell === null) nulls++;
    else if (cell === undefined) absent++;
    else if (typeof cell === "string") texts++;
    else if (typeof cell === "boolean") booleans++;
    else if (typeof cell === "number") {
      numbers++;
      if (isByte(cell)) bytes++;
    }
  }
  const values = cells.length - nulls - absent;
  const type =
    bytes === values
      ? "byte"
      : texts === values
        ? "text"
        : booleans === values
          ? "boolean"
          : numbers === values
            ? "number"
            : "json";
  return { name, cells, type, hasNull: nulls > 0, hasAbsent: absent > 0 };
}

/** -0 is not: its sign would be lost. */
function isByte(value: number): boolean {
  return (value & 255) === value && !Object.is(value, -0);
}
