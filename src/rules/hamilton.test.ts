import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { expect, it } from "vitest";
import { compareNames } from "../base/byte-order.ts";
import { compareDependencies } from "./dependency-map.ts";
import {
  dependenciesOfModule,
  hamiltonModule,
  productsOf,
  writeHamiltonJson,
  writeHamiltonPython,
} from "./hamilton.ts";
import type { HamiltonModule } from "./hamilton.ts";
import { outerPipeline } from "./outer-pipeline.ts";
import { pythonNames } from "./python-names.ts";
import { graphOf, mixed, ruleLists } from "./random-rules.test-kit.ts";

/** The reserved words of Python 3.13, hard and soft, by its reference. */
const keywords =
  "False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield match case type".split(
    " ",
  );
const identifier = /^[A-Za-z][A-Za-z0-9_]*$/;

const hostileName = fc.oneof(
  fc.constantFrom(
    ...keywords,
    "print",
    "Any",
    "_",
    "__proto__",
    "_make",
    "",
    "1",
    "a",
    "a_2",
    "a-2",
    "a.b",
    "a b",
    "a_b",
  ),
  fc.constantFrom(
    "\0",
    '"',
    "\\",
    "\n",
    '"""',
    "é",
    "ß",
    "ﬁ",
    "😀",
    "\ud800",
    "x".repeat(300),
    "page:docs/a.md",
  ),
  fc.string({ unit: "binary", maxLength: 6 }),
);

it("[RG24] makes a different identifier of every name, whatever it holds and whatever their order", () => {
  const lists = fc
    .uniqueArray(hostileName, { maxLength: 30 })
    .chain((names) => fc.tuple(fc.constant(names), mixed(names)));
  fc.assert(
    fc.property(lists, ([names, other]) => {
      const found = pythonNames(names);
      const identifiers = [...found.values()];
      expect([...found.keys()].sort(compareNames)).toEqual([...names].sort(compareNames));
      expect(new Set(identifiers).size).toBe(names.length);
      for (const each of identifiers) {
        expect(each).toMatch(identifier);
        expect(keywords).not.toContain(each);
      }
      for (const each of names) {
        const isFine =
          identifier.test(each) && each.length <= 80 && ![...keywords, "Any", "print", "exec"].includes(each);
        if (isFine) expect(found.get(each)).toBe(each);
      }
      expect([...pythonNames(other)]).toEqual([...found]);
    }),
    { numRuns: 1000 },
  );
});

it("[RG23] tells each product once, with all that its makers need", () => {
  fc.assert(
    fc.property(ruleLists(), (rules) => {
      const products = productsOf(graphOf(rules));
      const byName = new Map(products.map((each) => [each.name, each.needs]));
      for (const output of new Set(rules.map((rule) => rule.output))) {
        const makers = rules.filter((rule) => rule.output === output);
        const needs = byName.get(output) ?? [];
        const parts = makers.length === 1 ? [needs] : needs.map((part) => byName.get(part) ?? []);
        const expected = makers.map((rule) => [...new Set(rule.inputs)].sort(compareNames));
        expect(parts.map((part) => part.join("\n")).sort()).toEqual(
          expected.map((part) => part.join("\n")).sort(),
        );
      }
      const module = hamiltonModule(products);
      expect(compareDependencies(products, dependenciesOfModule(module))).toEqual({
        missing: [],
        extra: [],
        mismatched: [],
      });
      const made = new Set(module.functions.map(({ name }) => name));
      const needed = new Set(products.flatMap((each) => each.needs));
      expect(module.inputs.map(({ name }) => name)).toEqual(
        [...needed].filter((name) => !made.has(name)).sort(compareNames),
      );
      expect(JSON.parse(writeHamiltonJson(module))).toEqual(module);
    }),
    { numRuns: 500 },
  );
});

/** A line of the module's functions, by the grammar that it keeps to. */
const text = String.raw`"(?:[ !#-\[\]-~]|\\["\\]|\\u[0-9a-f]{4}|\\U[0-9a-f]{8})*"`;
const name = "[A-Za-z][A-Za-z0-9_]*";
const signature = new RegExp(`^def (${name})\\(((?:${name}: Any)?(?:, ${name}: Any)*)\\) -> Any:$`);
const docstring = new RegExp(`^    ${text}$`);
const result = new RegExp(
  `^    return _make\\(${text}, \\{(?:${text}: ${name})?(?:, ${text}: ${name})*\\}\\)$`,
);

/** The functions of a module and their parameters, read line by line; throws for any other line. */
function readPython(source: string): [string, string[]][] {
  const [, ...functions] = source.split(/^(?=def [A-Za-z])/m);
  return functions.map((body) => {
    const [first = "", second = "", third = "", ...rest] = body.split("\n");
    expect(second).toMatch(docstring);
    expect(third).toMatch(result);
    expect(rest.join("")).toBe("");
    const [, called = "", parameters = ""] = signature.exec(first) ?? [];
    expect(called).not.toBe("");
    return [
      called,
      parameters
        .split(", ")
        .filter((each) => each !== "")
        .map((each) => each.slice(0, -": Any".length)),
    ];
  });
}

const told = ({ functions }: HamiltonModule) =>
  functions.map(({ identifier: called, needs }) => [called, needs.map((need) => need.identifier)]);

it("[RG25] writes Python that keeps to a small part of its grammar", () => {
  const dependency = fc.record({ name: hostileName, needs: fc.array(hostileName, { maxLength: 4 }) });
  fc.assert(
    fc.property(fc.array(dependency, { maxLength: 8 }), (dependencies) => {
      const module = hamiltonModule(dependencies);
      const source = writeHamiltonPython(module);
      expect(source).toMatch(/^[\n -~]*$/);
      expect(readPython(source)).toEqual(told(module));
    }),
    { numRuns: 1000 },
  );
});

/** Imports modules and tells the parameters and the name of each function, as Hamilton would find them. */
const inspector = `
import inspect, json, sys, types
told = []
for source in json.load(sys.stdin):
    module = types.ModuleType("site")
    exec(compile(source, "site.py", "exec"), module.__dict__)
    found = [f for n, f in inspect.getmembers(module, inspect.isfunction) if not n.startswith("_")]
    found.sort(key=lambda f: f.__code__.co_firstlineno)
    told.append([[f.__name__, list(inspect.signature(f).parameters), f(*inspect.signature(f).parameters), f.__doc__] for f in found])
json.dump(told, sys.stdout)
`;

const hasPython = spawnSync("python3", ["-c", "pass"]).status === 0;

it(`[RG25] writes what Python imports and Hamilton would read${hasPython ? "" : " (read by our own grammar: no python3)"}`, () => {
  const dependency = fc.record({ name: hostileName, needs: fc.uniqueArray(hostileName, { maxLength: 4 }) });
  const list = fc.uniqueArray(dependency, { selector: (each) => each.name, maxLength: 8 });
  const samples = fc.sample(list, 200).map(hamiltonModule);
  const modules = [hamiltonModule(outerPipeline), ...samples];
  const sources = modules.map(writeHamiltonPython);
  if (!hasPython) {
    expect(sources.map(readPython)).toEqual(modules.map(told));
    return;
  }
  const { stdout, stderr } = spawnSync("python3", ["-c", inspector], {
    input: JSON.stringify(sources),
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toEqual(
    modules.map(({ functions }) =>
      functions.map(({ name: product, identifier: called, needs }) => [
        called,
        needs.map((need) => need.identifier),
        { name: product, inputs: needs.map((need) => need.name).sort(byCodePoint) },
        product,
      ]),
    ),
  );
});

/** The order of Python's strings; lone surrogates are code points to it. */
function byCodePoint(a: string, b: string): number {
  const left = Array.from(a, (sign) => sign.codePointAt(0)!);
  const right = Array.from(b, (sign) => sign.codePointAt(0)!);
  const at = left.findIndex((code, i) => code !== right[i]);
  return at === -1 ? left.length - right.length : (left[at] ?? 0) - (right[at] ?? -1);
}
