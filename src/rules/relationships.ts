import { compareNames } from "../base/byte-order.ts";
import type { Json } from "../base/json.ts";
import { buildDigraph } from "../graph/digraph.ts";
import type { Digraph } from "../graph/digraph.ts";
import { NameIndex } from "./name-index.ts";
import type { Requirements, RuleDefinition } from "./rule-definition.ts";

/** How one resource relates to another, as a row. */
export type RelationshipRow = {
  readonly source: string;
  readonly target: string;
  readonly type: string;
  readonly metadata?: Json;
  /** By default 1. */
  readonly weight?: number;
};

/** By type: which end waits for the other. Types that it does not name order nothing, and are told of. */
export type BuildOrder = {
  readonly [type: string]: "source-after-target" | "target-after-source" | "none";
};

/** Rows by what they mean for the order of a build. */
type Sorted = {
  /** Each with its ends in the order of the build; by `first`, `then`, type. */
  readonly ordering: readonly (RelationshipRow & { readonly first: string; readonly then: string })[];
  /** Types that the order does not name, by name. */
  readonly unknownTypes: readonly string[];
};

export type RelationshipRules = {
  /** By name. */
  readonly rules: readonly RuleDefinition[];
  readonly unknownTypes: readonly string[];
};

/**
 * One rule for each resource that waits for others: called as the resource, which it makes from those that it waits
 * for. What it requires tells the types of its relationships, and their metadata as JSON, by input; so the signature
 * of the graph changes with them. The order of the rows means nothing; the same row twice counts once.
 * Cost: O(rows · log rows).
 */
export function rulesFromRelationships(
  rows: readonly RelationshipRow[],
  order: BuildOrder,
): RelationshipRules {
  const { ordering, unknownTypes } = sortRows(rows, order);
  const byRule = new Map<string, (typeof ordering)[number][]>();
  for (const row of ordering) {
    const known = byRule.get(row.then);
    if (known === undefined) byRule.set(row.then, [row]);
    else known.push(row);
  }
  const names = [...byRule.keys()].sort(compareNames);
  const rules = names.map((name) => ruleOf(name, byRule.get(name) ?? []));
  return { rules, unknownTypes };
}

function ruleOf(name: string, rows: Sorted["ordering"]): RuleDefinition {
  const inputs = [...new Set(rows.map(({ first }) => first))];
  return { name, inputs, output: name, priority: 0, requirements: requirementsOf(rows) };
}

function requirementsOf(rows: Sorted["ordering"]): Requirements {
  const types = new Map<string, Set<string>>();
  const metadata = new Map<string, string>();
  for (const row of rows) {
    types.set(row.first, (types.get(row.first) ?? new Set()).add(row.type));
    if (row.metadata === undefined || row.metadata === null) continue;
    const key = JSON.stringify([row.first, row.type]);
    metadata.set(key, [metadata.get(key) ?? "", canonicalJson(row.metadata)].join("\n").trim());
  }
  return {
    types: Object.fromEntries([...types].map(([input, names]) => [input, [...names].join(" ")] as const)),
    metadata: Object.fromEntries(metadata),
  };
}

export type RelationshipGraph = {
  readonly names: NameIndex;
  /** Node v is `names.names[v]`. An edge leads from what is built first to what waits for it. */
  readonly digraph: Digraph;
  /** By edge slot. */
  readonly weights: Float64Array;
  /** By edge slot. */
  readonly types: readonly string[];
  readonly unknownTypes: readonly string[];
};

/**
 * All resources that the rows name, with an edge for each row that orders the build. Cost: O(rows · log rows). The
 * same rows in any order give the same graph.
 */
export function digraphFromRelationships(
  rows: readonly RelationshipRow[],
  order: BuildOrder,
): RelationshipGraph {
  const arrival = new Map<string, number>();
  for (const { source, target } of rows) {
    for (const name of [source, target]) if (!arrival.has(name)) arrival.set(name, arrival.size);
  }
  const names = new NameIndex(arrival);
  const { ordering, unknownTypes } = sortRows(rows, order);
  const rankOf = (name: string) => names.rankOf(name) ?? 0;
  // The edges come source by source, so an edge's slot is its place here.
  const digraph = buildDigraph(
    names.names.length,
    ordering.map(({ first }) => rankOf(first)),
    ordering.map(({ then }) => rankOf(then)),
  );
  const weights = Float64Array.from(ordering, ({ weight }) => weight ?? 1);
  return { names, digraph, weights, types: ordering.map(({ type }) => type), unknownTypes };
}

function sortRows(rows: readonly RelationshipRow[], order: BuildOrder): Sorted {
  const unknown = new Set<string>();
  const different = new Map<string, Sorted["ordering"][number]>();
  for (const row of rows) {
    const waits = Object.hasOwn(order, row.type) ? order[row.type] : undefined;
    if (waits === undefined) unknown.add(row.type);
    if (waits === undefined || waits === "none") continue;
    const [first, then] =
      waits === "source-after-target" ? [row.target, row.source] : [row.source, row.target];
    const key = canonicalJson([first, then, row.type, row.metadata ?? null, row.weight ?? 1]);
    different.set(key, { ...row, first, then });
  }
  const keyed = [...different].sort(
    ([keyA, a], [keyB, b]) =>
      compareNames(a.first, b.first) ||
      compareNames(a.then, b.then) ||
      compareNames(a.type, b.type) ||
      compareNames(keyA, keyB),
  );
  return {
    ordering: keyed.map(([, row]) => row),
    unknownTypes: [...unknown].sort(compareNames),
  };
}

/** JSON with the keys of objects in the order of names, so that equal values give equal texts. */
function canonicalJson(value: Json): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const entries = Object.entries(value).sort(([a], [b]) => compareNames(a, b));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonicalJson(each)}`).join(",")}}`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
