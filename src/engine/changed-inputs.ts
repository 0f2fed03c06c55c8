import { compareNames } from "../base/byte-order.ts";
import type { ProjectPath } from "../base/project-path.ts";
import { fileId } from "../model/resource.ts";
import type { Settings } from "../model/settings.ts";
import type { SourceRecord } from "../model/source.ts";
import type { ChangedInput } from "../model/wire.ts";

/** The folder and the settings at one time: all that a project is made from. */
export type Inputs = {
  readonly sources: ReadonlyMap<ProjectPath, SourceRecord>;
  readonly settings: Settings;
};

/** An input with what it takes to put it back. */
export type Change = ChangedInput & { readonly putBack: (mixed: MixedInputs) => void };

/** Inputs of two times, while they are put together. */
type MixedInputs = { readonly sources: Map<ProjectPath, SourceRecord>; settings: Settings };

/** Each file and each setting that is not as it was: files by path, then settings by name. Linear in the files. */
export function changesBetween(before: Inputs, now: Inputs): readonly Change[] {
  const paths = new Set([...before.sources.keys(), ...now.sources.keys()]);
  const files = [...paths]
    .filter((path) => !isSameSource(before.sources.get(path), now.sources.get(path)))
    .sort(compareNames)
    .map((path) => fileChange(path, before.sources.get(path), now.sources.get(path)));
  return [...files, ...settingChanges(before.settings, now.settings)];
}

/** `now` with these changes undone. */
export function putBack(now: Inputs, changes: readonly Change[]): Inputs {
  const mixed = { sources: new Map(now.sources), settings: now.settings };
  for (const change of changes) change.putBack(mixed);
  return mixed;
}

/** Whether two scans of a file came to the same. */
export function isSameSource(a: SourceRecord | undefined, b: SourceRecord | undefined): boolean {
  if (a === b) return true;
  return a !== undefined && b !== undefined && a.contentHash === b.contentHash && a.fault === b.fault;
}

function fileChange(
  path: ProjectPath,
  before: SourceRecord | undefined,
  now: SourceRecord | undefined,
): Change {
  const words = before === undefined ? "is new" : now === undefined ? "was removed" : "changed";
  return {
    resourceId: fileId(path),
    setting: null,
    words: `${path} ${words}`,
    putBack: ({ sources }) => void (before === undefined ? sources.delete(path) : sources.set(path, before)),
  };
}

const groups = ["images", "remote"] as const;

/** A group's settings count one by one, as `images.quality`. */
function settingChanges(before: Settings, now: Settings): readonly Change[] {
  const names = (Object.keys(now) as (keyof Settings)[]).filter((name) => !isGroup(name));
  return [
    ...differing(names, before, now).map((name) =>
      settingChange(name, (settings) => ({ ...settings, [name]: before[name] })),
    ),
    ...groups.flatMap((group) =>
      differing(Object.keys(now[group]) as never[], before[group], now[group]).map((name) =>
        settingChange(`${group}.${String(name)}`, (settings) => ({
          ...settings,
          [group]: { ...settings[group], [name]: before[group][name] },
        })),
      ),
    ),
  ];
}

function isGroup(name: keyof Settings): boolean {
  return groups.some((group) => group === name);
}

function differing<T extends object>(names: readonly (keyof T)[], a: T, b: T): readonly (keyof T)[] {
  return names.filter((name) => JSON.stringify(a[name]) !== JSON.stringify(b[name]));
}

function settingChange(name: string, back: (settings: Settings) => Settings): Change {
  return {
    resourceId: null,
    setting: name,
    words: `setting ${name} changed`,
    putBack: (mixed) => {
      mixed.settings = back(mixed.settings);
    },
  };
}
