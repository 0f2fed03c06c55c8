import { compareNames } from "../base/byte-order.ts";
import type { ProjectPath } from "../base/project-path.ts";
import { stylesheetPath } from "../documents/site-paths.ts";
import { compareProblems } from "../model/problem.ts";
import type { Settings } from "../model/settings.ts";
import type { SourceRecord } from "../model/source.ts";
import { planCopies } from "./blueprint-copies.ts";
import { planFeeds } from "./blueprint-feeds.ts";
import { planPages } from "./blueprint-pages.ts";
import { openDraft } from "./blueprint-draft.ts";
import type { DerivationMemory } from "./derivation-memory.ts";
import type { Blueprint } from "./target.ts";

/** What a derivation reads beside the sources. `memory` only saves work: the answer is the same with a new one. */
export type Project = {
  readonly settings: Settings;
  /** What the site is called when the settings have no title. */
  readonly name: string;
  readonly memory: DerivationMemory;
};

/**
 * Derives the blueprint: first the pages with all that their references need, then what the layout needs, then the
 * files of the site as a whole. Linear in documents and references; where none of them asks for anything else than the
 * last time the blueprint is the same object, and the cost is that of finding that out.
 */
export function deriveBlueprint(
  sources: ReadonlyMap<ProjectPath, SourceRecord>,
  project: Project,
): Blueprint {
  return project.memory.blueprint({ sources, settings: project.settings, name: project.name }, () =>
    planBlueprint(sources, project),
  );
}

function planBlueprint(
  sources: ReadonlyMap<ProjectPath, SourceRecord>,
  { settings, name, memory }: Project,
): Blueprint {
  const draft = openDraft(sources, settings, memory);
  planPages(draft);
  planCopies(draft);
  planFeeds(draft);
  const targets = [...draft.targets.values()].sort((a, b) => compareNames(a.id, b.id));
  return {
    targets: memory.settle(new Map(targets.map((target) => [target.id, target]))),
    relationships: [...draft.relationships.values()],
    problems: draft.problems.sort(compareProblems),
    selfEmbeds: draft.selfEmbeds,
    frame: {
      siteTitle: settings.title ?? name,
      language: settings.language,
      baseUrl: settings.baseUrl,
      stylesheet: stylesheetPath(draft.sitePaths),
    },
  };
}
