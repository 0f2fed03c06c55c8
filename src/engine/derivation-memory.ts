import type { ProjectPath } from "../base/project-path.ts";
import { snapshotOf, type Snapshot } from "../base/tracked-map.ts";
import type { Hasher } from "../base/xxhash.ts";
import { buildNavigationTree, navigationFor, type NavigationTree } from "../documents/navigation.ts";
import { problemsOf, resolveReference, type Resolution } from "../documents/resolve-reference.ts";
import { buildSiteIndex, type SiteIndex } from "../documents/site-index.ts";
import { assignSitePaths, type SitePaths } from "../documents/site-paths.ts";
import type { Reference } from "../model/facts.ts";
import type { ResourceId, SitePath } from "../model/ids.ts";
import type { Problem } from "../model/problem.ts";
import type { NavigationItem } from "../model/render.ts";
import type { SourceRecord } from "../model/source.ts";
import type { Settings } from "../model/settings.ts";
import { hasSameText, reuseTargets } from "./reuse-targets.ts";
import type { Blueprint, Target } from "./target.ts";

/** What a reference leads to, and what the person should know of it. */
export type Resolved = { readonly resolution: Resolution; readonly problems: readonly Problem[] };

/** What follows from the names, titles, parts and aliases of a project alone. */
export type Site = {
  readonly sitePaths: SitePaths;
  /** Of the places, not of the documents. */
  readonly problems: readonly Problem[];
  readonly index: SiteIndex;
  readonly navigation: NavigationTree;
};

/** All that a blueprint is derived from. */
export type DerivedFrom = {
  readonly sources: ReadonlyMap<ProjectPath, SourceRecord>;
  readonly settings: Settings;
  readonly name: string;
};

type Last = Omit<DerivedFrom, "sources"> & {
  readonly sources: Snapshot<ProjectPath, SourceRecord>;
  readonly blueprint: Blueprint;
};

/**
 * Keeps from one derivation to the next what did not change. Places, navigation and where references lead depend on
 * the project's shape alone, so while that stays the same only changed documents cost work. What is equal to what
 * was derived before is given as the same object, so that what is known of it by identity, such as its digest, stays
 * known. The answers are those of a new memory.
 */
export class DerivationMemory {
  readonly #hasher: Hasher;
  readonly #shapes = new WeakMap<SourceRecord, string>();
  #shape: string | null = null;
  #site: Site | null = null;
  #navigation = new Map<SitePath, readonly NavigationItem[]>();
  /** By identity: a scan makes new references, and what was not scanned again keeps its own. */
  #resolved = new WeakMap<Reference, Resolved>();
  #targets: ReadonlyMap<ResourceId, Target> = new Map();
  #last: Last | null = null;

  constructor(hasher: Hasher) {
    this.#hasher = hasher;
  }

  /** The last blueprint where these sources ask for just that, else the one that `plan` makes of them. */
  blueprint(from: DerivedFrom, plan: () => Blueprint): Blueprint {
    const last = this.#last;
    const blueprint = last !== null && asksTheSame(last, from) ? last.blueprint : plan();
    this.#last = { ...from, sources: snapshotOf(from.sources), blueprint };
    return blueprint;
  }

  /** The site that these sources make; the same object while they keep their shape. */
  site(records: readonly SourceRecord[]): Site {
    const shape = this.#hasher.text(records.map((record) => this.#shapeOf(record)).join());
    if (this.#site !== null && shape === this.#shape) return this.#site;
    this.#shape = shape;
    this.#resolved = new WeakMap();
    this.#navigation = new Map();
    const { sitePaths, problems } = assignSitePaths(records);
    const sources = new Map(records.map((record) => [record.path, record]));
    const navigation = buildNavigationTree(sitePaths, sources, this.#site?.navigation);
    // A picture from elsewhere is known by its address alone, not by a name that a file of the folder could have.
    const named = records.filter(({ remote }) => remote?.kind !== "image");
    this.#site = { sitePaths, problems, index: buildSiteIndex(named), navigation };
    return this.#site;
  }

  /** What a page of the site shows beside itself. */
  navigationFor({ navigation }: Site, sitePath: SitePath): readonly NavigationItem[] {
    const known = this.#navigation.get(sitePath);
    if (known !== undefined) return known;
    const items = navigationFor(navigation, sitePath);
    this.#navigation.set(sitePath, items);
    return items;
  }

  /** `reference` as the document `from` has it. */
  resolve({ index }: Site, from: ProjectPath, reference: Reference): Resolved {
    const known = this.#resolved.get(reference);
    if (known !== undefined) return known;
    const resolution = resolveReference(index, from, reference);
    const resolved = { resolution, problems: problemsOf(index, from, reference, resolution) };
    this.#resolved.set(reference, resolved);
    return resolved;
  }

  /** The targets, those that are as they were last time by identity. */
  settle(targets: ReadonlyMap<ResourceId, Target>): ReadonlyMap<ResourceId, Target> {
    this.#targets = reuseTargets(this.#targets, targets);
    return this.#targets;
  }

  /** Everything of a file that decides where references lead; of its own, whether labels stand first. */
  #shapeOf(record: SourceRecord): string {
    const known = this.#shapes.get(record);
    if (known !== undefined) return known;
    const { path, kind, facts } = record;
    const named =
      facts.type === "document" ? { ...facts, references: labelled(facts.references) } : { type: facts.type };
    const shape = this.#hasher.text(JSON.stringify([path, kind, named]));
    this.#shapes.set(record, shape);
    return shape;
  }
}

/** Whether nothing changed that a blueprint is made of. Linear in what may have. */
function asksTheSame(last: Last, next: DerivedFrom): boolean {
  if (last.name !== next.name || !hasSameText(last.settings, next.settings)) return false;
  return [...last.sources.changesTo(next.sources)].every(([path, before]) => {
    const source = next.sources.get(path);
    return before !== undefined && source !== undefined && hasSameText(asked(before), asked(source));
  });
}

/** What a blueprint takes from a source: not its bytes, and of a fault only that there is one. */
function asked({ path, kind, facts, fault, remote }: SourceRecord): unknown {
  return [path, kind, facts, fault !== null, remote?.kind, remote?.url, remote?.finalUrl];
}

/** All labelled wikilinks together decide which side of `|` is the label. */
function labelled(references: readonly Reference[]): readonly (readonly [target: string, label: string])[] {
  return references
    .filter(({ form, label }) => form === "wikilink" && label !== "")
    .map(({ target, label }) => [target, label]);
}
