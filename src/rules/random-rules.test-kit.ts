import fc from "fast-check";
import { invariant } from "../base/invariant.ts";
import { buildRuleGraph } from "./rule-graph.ts";
import type { EvidenceDefinition, Requirements, RuleDefinition } from "./rule-definition.ts";
import type { RuleGraph } from "./rule-graph.ts";

/** Names that break careless code: empty, property names, separators, quotes, beyond ASCII. */
const hostileNames = [
  "",
  "__proto__",
  "constructor",
  "a -> b",
  '"',
  "\0",
  "é",
  "😀",
  "\u{ffff}",
  "1",
  "a",
  "b",
];

const evidenceName = fc.constantFrom(...hostileNames);

const ruleWithoutName = fc.record({
  inputs: fc.array(evidenceName, { maxLength: 4 }),
  output: evidenceName,
  priority: fc.constantFrom(-1.5, -0, 0, 1, 100),
});

/** Up to 9 rules over few evidence names, so that cycles, shared outputs and lone rules are common. */
export function ruleLists(maxRules = 9): fc.Arbitrary<RuleDefinition[]> {
  const names = fc.shuffledSubarray(hostileNames, { maxLength: maxRules });
  return names.chain((list) =>
    fc.tuple(...list.map((name) => ruleWithoutName.map((rest) => ({ name, ...rest })))),
  );
}

const word = fc.constantFrom("", "a", "b", "1", "__proto__", "é");

export const requirements: fc.Arbitrary<Requirements> = fc.record(
  {
    fields: fc.array(word, { maxLength: 3 }),
    types: fc.dictionary(word, word, { maxKeys: 3 }),
    metadata: fc.dictionary(word, word, { maxKeys: 3 }),
  },
  { requiredKeys: [] },
);

/** Up to 4 pieces of told evidence, most of them known to the rules of `ruleLists`. */
export const toldEvidence: fc.Arbitrary<EvidenceDefinition[]> = fc.uniqueArray(
  fc.oneof(
    fc.record({ name: evidenceName }),
    fc.record({ name: fc.constantFrom("lone", ...hostileNames), requirements }),
  ),
  { selector: ({ name }) => name, maxLength: 4 },
);

/** The same things in another order. */
export function mixed<T>(things: readonly T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray([...things], { minLength: things.length });
}

export const someEvidence = fc.array(evidenceName, { maxLength: 5 });

export function graphOf(
  rules: readonly RuleDefinition[],
  told: readonly EvidenceDefinition[] = [],
): RuleGraph {
  const result = buildRuleGraph(rules, told);
  invariant(result.ok, "the rules have different names");
  return result.graph;
}

/** The rules that `rule` waits for, when what `given` names is there already. */
export function waitsFor(
  rules: readonly RuleDefinition[],
  rule: RuleDefinition,
  given: ReadonlySet<string> = new Set(),
): RuleDefinition[] {
  return rules.filter((maker) => !given.has(maker.output) && rule.inputs.includes(maker.output));
}

/** Every rule that `rule` waits for, directly or not; itself when it lies on a cycle. */
export function waitsForAll(
  rules: readonly RuleDefinition[],
  rule: RuleDefinition,
  given: ReadonlySet<string> = new Set(),
): Set<RuleDefinition> {
  const all = new Set<RuleDefinition>();
  const queue = [rule];
  for (const next of queue) {
    for (const maker of waitsFor(rules, next, given)) {
      if (all.has(maker)) continue;
      all.add(maker);
      queue.push(maker);
    }
  }
  return all;
}
