import type { PackedColumn, PackedRows } from "../../model/packed-rows.ts";
import { hasBit } from "./bits.ts";

type Row = { [column: string]: unknown };
type Cells = (row: number) => unknown;

/**
 * Packed rows, read one by one when they are wanted. Each read makes a new row: who reads twice gets two that are
 * equal. The pack must be sound (`openRows`).
 */
export class RowBlock {
  readonly count: number;
  readonly #columns: readonly { readonly name: string; readonly cells: Cells }[];
  readonly #keys: Cells;
  /** Has every column, so that rows made from it share one hidden class; `null` where rows differ in columns. */
  readonly #template: Row | null;

  constructor({ count, strings, columns }: PackedRows, parsed: ReadonlyMap<string, unknown>) {
    this.count = count;
    this.#columns = columns.map((column) => ({ name: column.name, cells: cellsOf(column, strings, parsed) }));
    this.#keys = this.#columns.find(({ name }) => name === "key")?.cells ?? (() => undefined);
    const areUniform = columns.every(({ absent }) => absent === null);
    this.#template = areUniform ? Object.fromEntries(columns.map(({ name }) => [name, null])) : null;
  }

  keyAt(row: number): string {
    return String(this.#keys(row));
  }

  /** Cost: about 0.5 µs for eleven columns. */
  rowAt(row: number): Row {
    if (this.#template === null) return this.#sparseRow(row);
    const made = { ...this.#template };
    for (const { name, cells } of this.#columns) made[name] = cells(row);
    return made;
  }

  #sparseRow(row: number): Row {
    const entries = this.#columns.map(({ name, cells }) => [name, cells(row)] as const);
    return Object.fromEntries(entries.filter(([, cell]) => cell !== undefined));
  }
}

function cellsOf(
  column: PackedColumn,
  strings: readonly string[],
  parsed: ReadonlyMap<string, unknown>,
): Cells {
  const { nulls, absent } = column;
  const values = valuesOf(column, strings, parsed);
  if (nulls === null && absent === null) return values;
  return (row) => (hasBit(absent, row) ? undefined : hasBit(nulls, row) ? null : values(row));
}

function valuesOf(
  { type, values }: PackedColumn,
  strings: readonly string[],
  parsed: ReadonlyMap<string, unknown>,
): Cells {
  switch (type) {
    case "text":
      return (row) => strings[values[row] ?? 0];
    case "json":
      return (row) => parsed.get(strings[values[row] ?? 0] ?? "");
    case "boolean":
      return (row) => values[row] === 1;
    case "number":
    case "byte":
      return (row) => values[row];
  }
}
