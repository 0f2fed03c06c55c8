import type { Value } from "./row.ts";

/**
 * What a column may hold: texts; finite numbers; true and false; or any plain data that JSON can hold. A null only
 * where the column says so.
 */
export type Column = {
  readonly type: "text" | "number" | "boolean" | "json";
  readonly nullable: boolean;
};

/** The columns of a table besides `key`, which every table has. A row has all of them and no others. */
export type TableSchema = { readonly [column: string]: Column };

/** The tables of a circuit, by name. */
export type Schema = { readonly [table: string]: TableSchema };

/** The schema that fits a type of rows: who writes it down forgets no column and gives none another type. */
export type SchemaOf<R extends { readonly key: string }> = {
  readonly [C in Exclude<keyof R, "key">]-?: {
    readonly type: TypeOf<Exclude<R[C], null>>;
    readonly nullable: null extends R[C] ? true : false;
  };
};

type TypeOf<T> = [T] extends [string]
  ? "text"
  : [T] extends [number]
    ? "number"
    : [T] extends [boolean]
      ? "boolean"
      : [T] extends [Value]
        ? "json"
        : never;

export const text = { type: "text", nullable: false } as const;
export const number = { type: "number", nullable: false } as const;
export const boolean = { type: "boolean", nullable: false } as const;
export const json = { type: "json", nullable: false } as const;

/** The column that may also hold null. */
export function nullable<T extends Column["type"]>({ type }: { readonly type: T }) {
  return { type, nullable: true } as const;
}
