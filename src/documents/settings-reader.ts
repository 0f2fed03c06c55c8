import { z } from "zod";
import type { Fault } from "../base/fault.ts";
import { nearestText } from "./nearest-text.ts";

/** Trouble in the settings file. `line` is 1-based, or `null` when the fault is of the whole file. */
export type SettingsProblem = Fault & { readonly line: number | null };

/** A group of settings as it stands in the file. */
export type Values = Readonly<Record<string, unknown>>;

/** What a value must pass, and in words what it must be. */
export type Check<T> = readonly [schema: z.ZodType<T>, expected: string];

/** Reads settings key by key, so that one bad value costs no other. */
export class SettingsReader {
  readonly problems: SettingsProblem[] = [];
  readonly #lineOf: (path: readonly string[]) => number | null;

  constructor(lineOf: (path: readonly string[]) => number | null) {
    this.#lineOf = lineOf;
  }

  /** The value at `path`, whose last part is its key in `values`; `undefined` where the default stays. */
  value<T>([schema, expected]: Check<T>, values: Values, path: readonly string[]): T | undefined {
    const key = path.at(-1) ?? "";
    if (!Object.hasOwn(values, key) || values[key] === null) return undefined;
    const parsed = schema.safeParse(values[key]);
    if (parsed.success) return parsed.data;
    this.#report(path, `cannot be ${shown(values[key])}`, expected);
    return undefined;
  }

  /** A group of settings of these names. */
  group(values: Values, path: readonly string[], known: readonly string[]): Values {
    const found = this.#groupAt(values, path, `a group of ${known.join(", ")}`);
    this.refuseUnknown(found, path, known);
    return found;
  }

  /** A group whose keys the person chooses: each with its value, in the order of the file, wrong ones left out. */
  entries<T>(
    check: Check<T>,
    values: Values,
    path: readonly string[],
    expected: string,
  ): readonly (readonly [key: string, value: T])[] {
    const found = this.#groupAt(values, path, expected);
    return Object.keys(found).flatMap((key) => {
      const value = this.value(check, found, [...path, key]);
      return value === undefined ? [] : [[key, value] as const];
    });
  }

  /** Tells of a value that is wrong for a reason of its own. */
  refuse(path: readonly string[], what: string, expected: string): void {
    this.#report(path, what, expected);
  }

  refuseUnknown(values: Values, above: readonly string[], known: readonly string[]): void {
    for (const key of Object.keys(values)) {
      if (known.includes(key)) continue;
      const path = [...above, key];
      const near = nearestText(known, key);
      this.problems.push({
        code: "setting-unknown",
        severity: "warning",
        message: `There is no setting ${path.join(".")}; it has no effect.`,
        remedy:
          near === undefined
            ? `Remove it. The settings here are ${known.join(", ")}.`
            : `Did you mean ${[...above, near].join(".")}?`,
        line: this.#lineOf(path),
      });
    }
  }

  #groupAt(values: Values, path: readonly string[], expected: string): Values {
    const key = path.at(-1) ?? "";
    const value = Object.hasOwn(values, key) ? values[key] : undefined;
    const parsed = z.record(z.string(), z.unknown()).safeParse(value ?? {});
    if (parsed.success) return parsed.data;
    this.#report(path, "holds no settings", expected);
    return {};
  }

  #report(path: readonly string[], what: string, expected: string): void {
    const name = path.join(".");
    this.problems.push({
      code: "setting-invalid",
      severity: "error",
      message: `The setting ${name} ${what}. Its default is used.`,
      remedy: `Make ${name} ${expected}, or remove it.`,
      line: this.#lineOf(path),
    });
  }
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "that";
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
