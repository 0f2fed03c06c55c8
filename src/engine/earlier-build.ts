import type { ProjectPath } from "../base/project-path.ts";
import type { Snapshot } from "../base/tracked-map.ts";
import type { Hasher } from "../base/xxhash.ts";
import { defaultSettings, type Settings } from "../model/settings.ts";
import type { SourceRecord } from "../model/source.ts";
import { deriveBlueprint } from "./blueprint.ts";
import { DerivationMemory } from "./derivation-memory.ts";
import type { Moment } from "./plan-basis.ts";

/** What the last build of the visit before was made from. What it asked for is derived when somebody asks why. */
export class EarlierBuild {
  readonly #sources: Snapshot<ProjectPath, SourceRecord>;
  readonly #settings: Settings;
  #moment: Moment | null = null;

  constructor(sources: Snapshot<ProjectPath, SourceRecord>, settings: Settings) {
    this.#sources = sources;
    this.#settings = settings;
  }

  /** Cost: that of deriving the project, the first time. `name` is that of the project. */
  moment(name: string, hasher: Hasher): Moment {
    if (this.#moment !== null) return this.#moment;
    const [sources, settings] = [this.#sources.toMap(), this.#settings];
    const memory = new DerivationMemory(hasher);
    const { targets, frame } = deriveBlueprint(sources, { settings, name, memory });
    this.#moment = { sources, settings, targets, frame };
    return this.#moment;
  }
}

/** Settings as they were kept; `null` for those of a version of the app that knew others. */
export function keptSettings(kept: unknown): Settings | null {
  return hasNamesOf(defaultSettings, kept) ? (kept as Settings) : null;
}

function hasNamesOf(known: object, kept: unknown): boolean {
  if (typeof kept !== "object" || kept === null) return false;
  const { images, remote } = kept as Partial<Settings>;
  const same = (a: object, b: unknown) =>
    typeof b === "object" && b !== null && String(Object.keys(a)) === String(Object.keys(b));
  return same(known, kept) && same(defaultSettings.images, images) && same(defaultSettings.remote, remote);
}
