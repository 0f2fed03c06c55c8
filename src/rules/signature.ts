import type { Hasher } from "../base/xxhash.ts";
import { requirementsText } from "./requirements.ts";
import type { RuleGraph } from "./rule-graph.ts";
import { snapshotVersion } from "./snapshot.ts";

/**
 * The identity of a rule graph, 16 hex digits: two graphs have the same one when their rules (name and priority),
 * evidence, edges, requirements and policy are the same, in whatever order they were given; the label of a snapshot,
 * times and the like do not count. Cost: O(bytes of the names + edges). 64 bits tell plans apart; they are no
 * protection against somebody who makes two plans collide on purpose.
 */
export function signatureOf(graph: RuleGraph, hasher: Hasher): string {
  const parts = [
    hasher.text(`strata rule graph ${snapshotVersion} ${graph.policy}`),
    hashTexts(graph.evidence.names, hasher),
    hashTexts(graph.ruleIndex.names, hasher),
    hashArray(
      Float64Array.from(graph.rules, (rule) => rule.priority + 0),
      hasher,
    ),
    hashRequirements(graph, hasher),
    hashArray(graph.digraph.outStarts, hasher),
    hashArray(graph.digraph.outTargets, hasher),
  ];
  return hasher.text(parts.join(" "));
}

/** The texts one behind the other, and their lengths, so that no two lists run together into the same bytes. */
function hashTexts(texts: readonly string[], hasher: Hasher): string {
  const lengths = Uint32Array.from(texts, (text) => text.length);
  return hashArray(lengths, hasher) + hasher.text(texts.join(""));
}

function hashRequirements(graph: RuleGraph, hasher: Hasher): string {
  const texts = graph.rules.map((rule) =>
    rule.requirements === undefined ? "" : requirementsText(rule.requirements),
  );
  return hashTexts(texts, hasher);
}

function hashArray(values: Uint32Array | Float64Array, hasher: Hasher): string {
  return hasher.bytes(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}
