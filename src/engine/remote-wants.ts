import { compareNames } from "../base/byte-order.ts";
import type { ProjectPath } from "../base/project-path.ts";
import { isExternal } from "../documents/reference-target.ts";
import { addressFrom, addressOf } from "../documents/remote-address.ts";
import type { Reference } from "../model/facts.ts";
import type { RemoteKind, RemoteSettings } from "../model/remote.ts";
import type { Settings } from "../model/settings.ts";
import type { SourceRecord } from "../model/source.ts";

/** One resource that the project names by its address. */
export type Want = {
  /** The same for the same resource, and another for every other. */
  readonly key: string;
  readonly kind: RemoteKind;
  readonly url: string;
  /** Where a document stands in the project; a picture gets its place from its address. */
  readonly place: ProjectPath | null;
  /** The first place in the folder that names it, by path; there for the words of problems. */
  readonly from: ProjectPath;
  /** 1-based, or `null` where it stands in the settings. */
  readonly line: number | null;
};

export const documentKey = (place: ProjectPath, url: string): string => `${place}\n${url}`;

/** The key of the want that a record fulfils; `undefined` for a file of the folder. */
export function keyOfRecord({ path, remote }: SourceRecord): string | undefined {
  if (remote === undefined) return undefined;
  return remote.kind === "document" ? documentKey(path, remote.url) : remote.url;
}

/** The documents that the settings name, but those whose place a file of the folder takes. */
export function wantedDocuments(
  settingsPath: ProjectPath,
  { documents }: RemoteSettings,
  isFile: (path: ProjectPath) => boolean,
): readonly Want[] {
  const places = Object.keys(documents).sort(compareNames) as ProjectPath[];
  return places.flatMap((place) => {
    const url = documents[place];
    if (url === undefined || isFile(place)) return [];
    return [{ key: documentKey(place, url), kind: "document", url, place, from: settingsPath, line: null }];
  });
}

/** The pictures that documents show by their address, each once. Linear in the references the first time. */
export function wantedPictures(
  sources: Iterable<SourceRecord>,
  { layout, remote }: Pick<Settings, "layout" | "remote">,
): readonly Want[] {
  const wants = new Map<string, Want>();
  if (!remote.images) return [];
  for (const source of sources) {
    if (source.path === layout) continue;
    for (const { url, line } of picturesOf(source)) {
      const known = wants.get(url);
      if (known !== undefined && compareNames(known.from, source.path) <= 0) continue;
      wants.set(url, { key: url, kind: "image", url, place: null, from: source.path, line });
    }
  }
  return [...wants.values()].sort((a, b) => compareNames(a.url, b.url));
}

/** Whether a source shows any picture by its address. */
export function showsPictures(source: SourceRecord): boolean {
  return picturesOf(source).length > 0;
}

type Shown = { readonly url: string; readonly line: number };

/** By identity: what was not scanned again keeps its facts. */
const known = new WeakMap<
  SourceRecord["facts"],
  { readonly base: string | null; readonly shown: readonly Shown[] }
>();

function picturesOf({ facts, remote }: SourceRecord): readonly Shown[] {
  if (facts.type !== "document") return [];
  const base = remote?.finalUrl ?? null;
  const before = known.get(facts);
  if (before?.base === base) return before.shown;
  const shown = facts.references.flatMap((reference) => {
    const url = pictureAddress(reference, base);
    return url === undefined ? [] : [{ url, line: reference.line }];
  });
  known.set(facts, { base, shown });
  return shown;
}

/** The address of the picture that a reference shows, or `undefined`. `base` is that of a fetched document. */
function pictureAddress({ form, target, element }: Reference, base: string | null): string | undefined {
  if ((form !== "image" && form !== "embed") || element !== undefined) return undefined;
  if (isExternal(target)) return addressOf(target);
  const isRelative = base !== null && form === "image" && target !== "";
  return isRelative ? addressFrom(base, target) : undefined;
}
