import { compareNames } from "../base/byte-order.ts";
import type { RuleGraph } from "./rule-graph.ts";

/** What something needs, by name: a function and its parameters, a rule and its inputs, a stage and what it reads. */
export type Dependency = { readonly name: string; readonly needs: readonly string[] };

/** The inputs of each rule; rules and inputs in the order of names. Cost: O(rules + edges). */
export function dependencyMapOf(graph: RuleGraph): readonly Dependency[] {
  const { inStarts, inSources } = graph.digraph;
  const { names } = graph.evidence;
  return graph.rules.map(({ name }, index) => {
    const node = names.length + index;
    return {
      name,
      needs: Array.from(inSources.subarray(inStarts[node], inStarts[node + 1]), (e) => names[e]!),
    };
  });
}

/** How one dependency map differs from another; all lists in the order of names. */
export type DependencyDifference = {
  /** Names that only the declared map has. */
  readonly missing: readonly string[];
  /** Names that only the actual map has. */
  readonly extra: readonly string[];
  /** Names in both that need something else. */
  readonly mismatched: readonly {
    readonly name: string;
    readonly declared: readonly string[];
    readonly actual: readonly string[];
  }[];
};

/**
 * Compares what was declared with what is. The order of entries and of needs means nothing, and a need that stands
 * twice counts once; entries of one name count together. Cost: O(entries · log entries).
 */
export function compareDependencies(
  declared: readonly Dependency[],
  actual: readonly Dependency[],
): DependencyDifference {
  const left = needsByName(declared);
  const right = needsByName(actual);
  const both = [...left.keys()].filter((name) => right.has(name)).sort(compareNames);
  const pairs = both.map((name) => ({
    name,
    declared: sortedNeeds(left.get(name)),
    actual: sortedNeeds(right.get(name)),
  }));
  return {
    missing: [...left.keys()].filter((name) => !right.has(name)).sort(compareNames),
    extra: [...right.keys()].filter((name) => !left.has(name)).sort(compareNames),
    mismatched: pairs.filter((pair) => JSON.stringify(pair.declared) !== JSON.stringify(pair.actual)),
  };
}

function needsByName(map: readonly Dependency[]): ReadonlyMap<string, ReadonlySet<string>> {
  const all = new Map<string, Set<string>>();
  for (const { name, needs } of map) {
    const known = all.get(name) ?? new Set<string>();
    for (const need of needs) known.add(need);
    all.set(name, known);
  }
  return all;
}

function sortedNeeds(needs: ReadonlySet<string> | undefined): readonly string[] {
  return [...(needs ?? [])].sort(compareNames);
}
