import { parse } from "yaml";
import { filePathOf } from "../../model/resource.ts";
import type { ChangedInput } from "../../model/wire.ts";
import type { TestFolder } from "./test-folder.ts";

/** A folder at two times. */
export type Folders = { readonly earlier: TestFolder; readonly now: TestFolder };

type Values = { [name: string]: unknown };

/** The folder of now with the files and settings that an explanation names as they were. */
export function putBackInputs(named: readonly ChangedInput[], { earlier, now }: Folders): TestFolder {
  const paths = named.flatMap(({ resourceId }) =>
    resourceId === null ? [] : (filePathOf(resourceId) ?? []),
  );
  const settings = named.flatMap(({ setting }) => setting ?? []);
  const folder = putBackPaths(paths, { earlier, now });
  if (settings.length === 0) return folder;
  const [was, mixed] = [valuesOf(earlier), valuesOf(now)];
  for (const setting of settings) take(mixed, was, setting.split("."));
  folder.write("strata.yaml", JSON.stringify(mixed));
  return folder;
}

/** The folder of now with some paths as they were: also gone, where there was none. */
export function putBackPaths(paths: readonly string[], { earlier, now }: Folders): TestFolder {
  const folder = now.copy();
  for (const path of paths) {
    const content = earlier.content(path);
    if (content === undefined) folder.remove(path);
    else folder.write(path, content);
  }
  return folder;
}

/** Takes one value over; where there is none, the other has none either. */
function take(to: Values, from: Values, [name = "", member]: readonly string[]): void {
  if (member === undefined) to[name] = from[name];
  else to[name] = { ...(to[name] as Values), [member]: (from[name] as Values | undefined)?.[member] };
}

/** What is no YAML sets nothing. */
function valuesOf(folder: TestFolder): Values {
  try {
    return { ...(parse(textOf(folder.content("strata.yaml") ?? "")) as Values | null) };
  } catch {
    return {};
  }
}

const textOf = (content: string | Uint8Array): string =>
  typeof content === "string" ? content : new TextDecoder().decode(content);
