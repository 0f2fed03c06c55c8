import type { ProjectPath } from "../base/project-path.ts";
import type { ResourceId, SitePath } from "../model/ids.ts";
import type { NavigationItem } from "../model/render.ts";
import type { PlannedReference, Target } from "./target.ts";

type Targets = ReadonlyMap<ResourceId, Target>;

/** The targets that the outputs were made for, and those of now. */
export type Since = { readonly before: Targets; readonly now: Targets };

/** What a part of a target says of each place of the site, as text; several parts may name the same place. */
type Said = ReadonlyMap<SitePath, string>;

/**
 * The files of which a part of a target says something else than before: those whose entry in its navigation, its
 * backlinks, its references or its list came, went or changed. None for a part that tells of one file or setting.
 */
export function differingFiles(
  label: string,
  id: ResourceId,
  { before, now }: Since,
): readonly ProjectPath[] {
  const say = speakers[label];
  const [was, is] = [before.get(id), now.get(id)];
  if (say === undefined || was === undefined || is === undefined) return [];
  const [then, today] = [say(was), say(is)];
  const places = [...new Set([...then.keys(), ...today.keys()])];
  const differing = places.filter((place) => then.get(place) !== today.get(place));
  const files = differing.map((place) => placesOf(now).get(place) ?? placesOf(before).get(place));
  return [...new Set(files.filter((file) => file !== undefined))];
}

const speakers: Readonly<Record<string, (target: Target) => Said>> = {
  navigation: (target) => ("navigation" in target ? collect(flatten(target.navigation)) : new Map()),
  backlinks: (target) => ("backlinks" in target ? collect(target.backlinks) : new Map()),
  entries: (target) => ("entries" in target ? collect(target.entries) : new Map()),
  "what its references lead to": (target) =>
    "references" in target ? collect(Object.entries(target.references).flatMap(leading)) : new Map(),
  contents: (target) =>
    target.kind === "feed" && target.emit.type === "sitemap"
      ? collect(target.emit.pages.map((href) => ({ href })))
      : new Map(),
};

type Entry = { readonly href: SitePath };

/** All that is said of each place, in its order. */
function collect(entries: readonly Entry[]): Said {
  const said = new Map<SitePath, string>();
  for (const entry of entries) said.set(entry.href, `${said.get(entry.href) ?? ""}${JSON.stringify(entry)}`);
  return said;
}

function flatten(items: readonly NavigationItem[]): readonly Entry[] {
  return items.flatMap(({ children, ...item }) => [item, ...flatten(children)]);
}

function leading([key, planned]: readonly [string, PlannedReference]): readonly (Entry & { key: string })[] {
  if (planned.type === "picture") return planned.picture.sources.map((source) => ({ ...source, key }));
  return "href" in planned ? [{ ...planned, key }] : [];
}

const known = new WeakMap<Targets, ReadonlyMap<SitePath, ProjectPath>>();

/** The file that is behind each place of the site. */
function placesOf(targets: Targets): ReadonlyMap<SitePath, ProjectPath> {
  const places = known.get(targets) ?? new Map(filesByPlace(targets));
  known.set(targets, places);
  return places;
}

function* filesByPlace(targets: Targets): Iterable<readonly [SitePath, ProjectPath]> {
  for (const target of targets.values())
    if ("path" in target && target.sitePath !== null) yield [target.sitePath, target.path];
}
