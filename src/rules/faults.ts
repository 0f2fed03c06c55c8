import { compareNames } from "../base/byte-order.ts";
import type { Fault } from "../base/fault.ts";
import type { RuleCycle } from "./rule-cycle.ts";
import type { EvidenceDefinition, RuleDefinition } from "./rule-definition.ts";
import type { UnresolvedRule } from "./rule-schedule.ts";

/** Names in a message before it says how many more there are. */
const shown = 20;

/** `different` is how many names the rules have between them. */
export function duplicateRules(rules: readonly RuleDefinition[], different: number): readonly Fault[] {
  if (different === rules.length) return [];
  return [
    {
      code: "duplicate-rule",
      severity: "error",
      message: `several rules have the same name: ${list(namedTwice(rules))}`,
      remedy: "Give each rule a name of its own.",
    },
  ];
}

export function duplicateEvidence(told: readonly EvidenceDefinition[]): readonly Fault[] {
  const twice = namedTwice(told);
  if (twice.length === 0) return [];
  return [
    {
      code: "duplicate-evidence",
      severity: "error",
      message: `evidence is told of more than once: ${list(twice)}`,
      remedy: "Tell of each piece of evidence once.",
    },
  ];
}

function namedTwice(named: readonly { readonly name: string }[]): readonly string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { name } of named) {
    if (seen.has(name)) twice.add(name);
    seen.add(name);
  }
  return [...twice].sort(compareNames);
}

export function invalidPriorities(rules: readonly RuleDefinition[]): readonly Fault[] {
  const wrong = rules.filter((rule) => !Number.isFinite(rule.priority)).map((rule) => rule.name);
  if (wrong.length === 0) return [];
  return [
    {
      code: "invalid-priority",
      severity: "error",
      message: `the priority is no finite number in: ${list(wrong.sort(compareNames))}`,
      remedy: "Set a finite number; less goes first.",
    },
  ];
}

export function unresolvedEvidence(unresolved: readonly UnresolvedRule[]): readonly Fault[] {
  if (unresolved.length === 0) return [];
  const names = unresolved.map(({ rule, missing }) => `${rule} (needs ${list(missing)})`);
  return [
    {
      code: "unresolved-evidence",
      severity: "error",
      message: `cannot resolve evidence for: ${list(names)}`,
      remedy: "Seed the evidence that is named, add a rule that makes it, or allow a partial schedule.",
    },
  ];
}

export function cycleFault(cycle: RuleCycle): Fault {
  const cuts = cycle.cuts.map(({ rule, input }) => `${input} in ${rule}`);
  return {
    code: "rule-cycle",
    severity: "error",
    message: `rules wait for each other: ${[...cycle.path, cycle.path[0]].join(" -> ")}`,
    remedy: `Remove what closes the circle: ${list(cuts)}.`,
  };
}

function list(names: readonly string[]): string {
  if (names.length <= shown) return names.join(", ");
  return `${names.slice(0, shown).join(", ")} and ${names.length - shown} more`;
}
