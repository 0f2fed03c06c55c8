import { compareNames } from "../base/byte-order.ts";
import { requirementsText } from "./requirements.ts";
import type { Requirements } from "./rule-definition.ts";
import type { RuleGraphSnapshot, SnapshotEdge, SnapshotNode } from "./snapshot.ts";

/** What was added, removed, or is there in both with something else about it; each list in the order of names. */
export type Changes<T> = {
  readonly added: readonly T[];
  readonly removed: readonly T[];
  readonly changed: readonly T[];
};

export type NamedEdge = {
  readonly kind: SnapshotEdge["kind"];
  readonly rule: string;
  readonly evidence: string;
};

/** How two snapshots differ, by names: the ids of nodes count for nothing. */
export type SnapshotDifference = {
  /** Changed: another priority or other requirements. */
  readonly rules: Changes<string>;
  /** Changed: other promises. */
  readonly evidence: Changes<string>;
  /** Changed: other requirements of the rule, or promises of what it makes. By rule, evidence, kind. */
  readonly edges: Changes<NamedEdge>;
};

/** Compares two snapshots, of any version. Labels count for nothing. Cost: O(size · log size). */
export function compareSnapshots(before: RuleGraphSnapshot, after: RuleGraphSnapshot): SnapshotDifference {
  const nodes = (kind: SnapshotNode["kind"]) =>
    difference(nodesOf(before, kind), nodesOf(after, kind), compareNames);
  return {
    rules: nodes("rule"),
    evidence: nodes("evidence"),
    edges: difference(edgesOf(before), edgesOf(after), compareEdges),
  };
}

/** By key: a thing, and a text of everything about it that can change. */
type Things<T> = ReadonlyMap<string, { readonly thing: T; readonly state: string }>;

function difference<T>(before: Things<T>, after: Things<T>, compare: (a: T, b: T) => number): Changes<T> {
  const added: T[] = [];
  const changed: T[] = [];
  for (const [key, { thing, state }] of after) {
    const old = before.get(key);
    if (old === undefined) added.push(thing);
    else if (old.state !== state) changed.push(thing);
  }
  const removed = [...before].filter(([key]) => !after.has(key)).map(([, { thing }]) => thing);
  return { added: added.sort(compare), removed: removed.sort(compare), changed: changed.sort(compare) };
}

function nodesOf({ nodes }: RuleGraphSnapshot, kind: SnapshotNode["kind"]): Things<string> {
  const found = nodes.filter((node) => node.kind === kind);
  return new Map(found.map((node) => [node.name, { thing: node.name, state: stateOf(node) }]));
}

function stateOf(node: SnapshotNode): string {
  return `${node.kind === "rule" ? node.priority : ""} ${askedBy(node)}`;
}

/** The first version told no promises of evidence. */
function askedBy({ requirements }: { readonly requirements?: Requirements | null }): string {
  return requirementsText(requirements ?? undefined);
}

function edgesOf({ nodes, edges }: RuleGraphSnapshot): Things<NamedEdge> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const things = new Map<string, { thing: NamedEdge; state: string }>();
  for (const { source, target, kind } of edges) {
    const [from, to] = [byId.get(source), byId.get(target)];
    if (from === undefined || to === undefined) continue;
    const [rule, evidence] = kind === "requires" ? [to, from] : [from, to];
    const thing = { kind, rule: rule.name, evidence: evidence.name };
    things.set(JSON.stringify(thing), { thing, state: askedBy(to) });
  }
  return things;
}

function compareEdges(a: NamedEdge, b: NamedEdge): number {
  return compareNames(a.rule, b.rule) || compareNames(a.evidence, b.evidence) || compareNames(a.kind, b.kind);
}
