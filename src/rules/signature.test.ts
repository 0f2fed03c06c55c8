import fc from "fast-check";
import { expect, it } from "vitest";
import { loadHasher } from "../base/xxhash.ts";
import { graphOf, requirements, ruleLists } from "./random-rules.test-kit.ts";
import type { EvidenceDefinition, RuleDefinition } from "./rule-definition.ts";
import { signatureOf } from "./signature.ts";
import { snapshotOf } from "./snapshot.ts";

const hasher = await loadHasher();
const sign = (rules: readonly RuleDefinition[]) => signatureOf(graphOf(rules), hasher);

const rulesWithRequirements = ruleLists().chain((rules) =>
  fc.tuple(...rules.map((rule) => requirements.map((needs) => ({ ...rule, requirements: needs })))),
);

const turned = (record: { readonly [key: string]: string } | undefined) =>
  Object.fromEntries(Object.entries(record ?? {}).reverse());

/** The same rules told the other way round, with every list turned and every input doubled. */
const retold = (rules: readonly RuleDefinition[]): RuleDefinition[] =>
  rules.toReversed().map((rule) => ({
    ...rule,
    inputs: [...rule.inputs, ...rule.inputs].reverse(),
    requirements: {
      fields: [...(rule.requirements?.fields ?? [])].reverse(),
      types: turned(rule.requirements?.types),
      metadata: turned(rule.requirements?.metadata),
    },
  }));

it("[RG14] is the same however the rules are told", () => {
  fc.assert(
    fc.property(rulesWithRequirements, (rules) => {
      expect(sign(retold(rules))).toBe(sign(rules));
      expect(snapshotOf(graphOf(retold(rules)), "l")).toEqual(snapshotOf(graphOf(rules), "l"));
    }),
    { numRuns: 500 },
  );
});

it("[RG15] tells two lists of rules apart exactly when their snapshots differ", () => {
  // Small lists, so that equal ones come up too.
  const few = fc.tuple(
    fc.constantFrom("a", "b"),
    fc.subarray(["x", "y"]),
    fc.constantFrom("x", "z"),
    fc.nat(1),
  );
  const rule = few.map(([name, inputs, output, priority]) => ({ name, inputs, output, priority }));
  const list = fc.uniqueArray(rule, { selector: (each) => each.name, maxLength: 2 });
  fc.assert(
    fc.property(list, list, (left, right) => {
      const text = (rules: readonly RuleDefinition[]) => JSON.stringify(snapshotOf(graphOf(rules), "l"));
      expect(sign(left) === sign(right)).toBe(text(left) === text(right));
    }),
    { numRuns: 2000 },
  );
});

it("[RG15] changes with every part of a rule", () => {
  const base = { name: "r", inputs: ["x"], output: "y", priority: 0 };
  const variants: RuleDefinition[] = [
    base,
    { ...base, name: "s" },
    { ...base, inputs: [] },
    { ...base, inputs: ["x", "y"] },
    { ...base, inputs: ["xy"] },
    { ...base, output: "x" },
    { ...base, priority: 1 },
    { ...base, requirements: { fields: ["f"] } },
    { ...base, requirements: { types: { f: "" } } },
    { ...base, requirements: { types: { f: "int" } } },
    { ...base, requirements: { metadata: { f: "int" } } },
  ];
  expect(new Set(variants.map((rule) => sign([rule]))).size).toBe(variants.length);
  expect(sign([{ ...base, requirements: { fields: [], types: {} } }])).toBe(sign([base]));
  expect(sign([{ ...base, priority: -0 }])).toBe(sign([base]));
});

it("[RG15] stays as it is from version to version", () => {
  // A change of this value makes every stored plan look new: raise `snapshotVersion` with it.
  const rules = [
    { name: "page", inputs: ["text"], output: "html", priority: 1, requirements: { fields: ["a"] } },
  ];
  expect(sign(rules)).toBe("f3048a7c15c2cecb");
});

it("[RG17] changes with told evidence and its promises, not with their order", () => {
  const rules = [{ name: "r", inputs: ["x"], output: "y", priority: 0 }];
  const signWith = (told: readonly EvidenceDefinition[]) => signatureOf(graphOf(rules, told), hasher);
  const variants: (readonly EvidenceDefinition[])[] = [
    [],
    [{ name: "z" }],
    [{ name: "x", requirements: { fields: ["f"] } }],
    [{ name: "y", requirements: { fields: ["f"] } }],
    [{ name: "y", requirements: { fields: ["g"] } }],
    [
      { name: "x", requirements: { fields: ["f"] } },
      { name: "y", requirements: { fields: ["f"] } },
    ],
  ];
  expect(new Set(variants.map(signWith)).size).toBe(variants.length);
  for (const told of variants) expect(signWith(told.toReversed())).toBe(signWith(told));
  expect(signWith([{ name: "x", requirements: { fields: [] } }])).toBe(signWith([]));
  expect(signWith([{ name: "x" }])).toBe(signWith([]));
});

it("[RG16] survives JSON", () => {
  fc.assert(
    fc.property(rulesWithRequirements, fc.string(), (rules, label) => {
      const snapshot = snapshotOf(graphOf(rules), label);
      expect(JSON.parse(JSON.stringify(snapshot))).toEqual(snapshot);
      expect(snapshot.label).toBe(label);
      expect(snapshot.nodes.map((node) => node.id)).toEqual([...snapshot.nodes.keys()]);
    }),
    { numRuns: 300 },
  );
});
