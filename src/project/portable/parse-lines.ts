import type { FileEntry } from "@zip.js/zip.js/index-native.js";
import type { z } from "zod";
import { IntakeFault } from "../intake-fault.ts";
import { reasonOf } from "../intake-problems.ts";
import { damagedProjectFile } from "./project-file-faults.ts";
import { forEachLine } from "./zip-part.ts";

export type Parsing = {
  /** Of the project file, for its faults. */
  readonly name: string;
  /** Characters in a line, at the most. */
  readonly limit: number;
  readonly signal: AbortSignal | undefined;
  /** Told how many characters were read. */
  readonly pass: (characters: number) => void;
  /** Lines that are wanted, 1-based; the others are passed over unread. */
  readonly wants?: (line: number) => boolean;
};

/** Gives each line of a part as the value that it must hold. Throws an `IntakeFault` that names the first bad line. */
export async function parseLines<T>(
  entry: FileEntry,
  schema: z.ZodType<T>,
  { name, limit, signal, pass, wants }: Parsing,
  take: (value: T, line: number) => void | Promise<void>,
): Promise<void> {
  const takeLine = (text: string, line: number) => {
    pass(text.length);
    if (wants?.(line) === false) return undefined;
    return take(parseText(text, schema, { name, where: `${entry.filename}, line ${line}` }), line);
  };
  try {
    await forEachLine(entry, takeLine, { limit, signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw asDamage(error, name, entry.filename);
  }
}

/** The value that a text must hold. Throws an `IntakeFault` that says where and what is wrong. */
export function parseText<T>(
  text: string,
  schema: z.ZodType<T>,
  { name, where }: { readonly name: string; readonly where: string },
): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw damagedProjectFile(name, where, `it is no JSON (${reasonOf(error)})`);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = issue?.path.join(".") ?? "";
  throw damagedProjectFile(name, where, `${path === "" ? "" : `${path}: `}${issue?.message ?? "not valid"}`);
}

/** A fault of ours as it is; anything else that a part threw means that the part is damaged. */
export function asDamage(error: unknown, name: string, where: string): unknown {
  if (error instanceof IntakeFault || (error instanceof Error && "fault" in error)) return error;
  return damagedProjectFile(name, where, reasonOf(error));
}
