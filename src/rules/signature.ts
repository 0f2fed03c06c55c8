import type { Hasher } from "../base/xxhash.ts";
import { requirementsText } from "./requirements.ts";
import type { RuleGraph } from "./rule-graph.ts";
import { snapshotVersion } from "./snapshot.ts";

/**
 * The identity of a rule graph, 16 hex digits: two graphs have the same one when their rules (name and priority),
 * evidence, edges, requirements, promises and policy are the same, in whatever order they were given; the label of a snapshot,
 * times and the like do not count. Cost: O(bytes of the names + edges). 64 bits tell plans apart; they are no
 * protection against somebody who makes two plans collide on purpose.
 */
export function signatureOf(graph: RuleGraph, hasher: Hasher): string {
  const parts = [
    hasher.text(`strata rule graph ${snapshotVersion} ${graph.policy}`),
    hashTexts(graph.evidence.names, hasher),
    hashTexts(graph.ruleIndex.names, hasher),
    hashArray(prioritiesOf(graph), hasher),
    hashTexts(ruleRequirements(graph), hasher),
    hashTexts(promiseTexts(graph), hasher),
    hashArray(graph.digraph.outStarts, hasher),
    hashArray(graph.digraph.outTargets, hasher),
  ];
  return hasher.text(parts.join(" "));
}

/** The texts one behind the other, and their lengths, so that no two lists run together into the same bytes. */
function hashTexts(texts: readonly string[], hasher: Hasher): string {
  const lengths = new Uint32Array(texts.length);
  for (let i = 0; i < texts.length; i++) lengths[i] = texts[i]!.length;
  return hashArray(lengths, hasher) + hasher.text(texts.join(""));
}

function prioritiesOf({ rules }: RuleGraph): Float64Array {
  const priorities = new Float64Array(rules.length);
  // -0 and 0 mean the same.
  for (let rule = 0; rule < rules.length; rule++) priorities[rule] = rules[rule]!.priority + 0;
  return priorities;
}

/** Nothing when no rule asks for anything, which is the usual case. */
function ruleRequirements({ rules }: RuleGraph): readonly string[] {
  if (rules.every(({ requirements }) => requirements === undefined)) return [];
  const texts = rules.map(({ requirements }) => requirementsText(requirements));
  return texts.every((text) => text === "") ? [] : texts;
}

/** By node; only of evidence that promises something. */
function promiseTexts({ promises }: RuleGraph): readonly string[] {
  const told = [...promises].sort(([a], [b]) => a - b);
  const texts = told.map(([node, requirements]) => [String(node), requirementsText(requirements)] as const);
  return texts.filter(([, text]) => text !== "").flat();
}

function hashArray(values: Uint32Array | Float64Array, hasher: Hasher): string {
  return hasher.bytes(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}
