import { compareNames } from "../base/byte-order.ts";
import type { Dependency } from "./dependency-map.ts";
import { pythonNames } from "./python-names.ts";
import type { RuleGraph } from "./rule-graph.ts";

/** A function of a Hamilton module: named for what it produces, with a parameter for each thing that it needs. */
export type HamiltonFunction = {
  /** What it produces: evidence, or the part of it that one of several rules makes. */
  readonly name: string;
  readonly identifier: string;
  readonly needs: readonly { readonly name: string; readonly identifier: string }[];
};

export type HamiltonModule = {
  /** In the order given; those of a rule graph by evidence. */
  readonly functions: readonly HamiltonFunction[];
  /** What no function produces and has to be given, by name. */
  readonly inputs: readonly { readonly name: string; readonly identifier: string }[];
};

/**
 * A rule graph as dependencies that name each product once: a rule becomes the making of its output. Evidence that
 * several rules make needs all of their products, which are called `<evidence> (<rule>)`. By name.
 * Cost: O(nodes + edges).
 */
export function productsOf(graph: RuleGraph): readonly Dependency[] {
  const { inStarts, inSources } = graph.digraph;
  const { names } = graph.evidence;
  const rowOf = (node: number) => Array.from(inSources.subarray(inStarts[node], inStarts[node + 1]));
  const needsOf = (rule: number) => rowOf(rule).map((evidence) => names[evidence]!);
  return names.flatMap((name, evidence): readonly Dependency[] => {
    const makers = rowOf(evidence);
    if (makers.length === 0) return [];
    if (makers.length === 1) return [{ name, needs: needsOf(makers[0]!) }];
    const parts = makers.map((rule) => ({
      name: `${name} (${graph.rules[rule - names.length]!.name})`,
      needs: needsOf(rule),
    }));
    return [...parts, { name, needs: parts.map((part) => part.name) }];
  });
}

/** Functions for some dependencies. Of several with one name the first counts. */
export function hamiltonModule(dependencies: readonly Dependency[]): HamiltonModule {
  const products = new Map<string, readonly string[]>();
  for (const { name, needs } of dependencies)
    if (!products.has(name)) products.set(name, [...new Set(needs)]);
  const needed = new Set([...products.values()].flat());
  const identifiers = pythonNames([...products.keys(), ...needed]);
  const named = (name: string) => ({ name, identifier: identifiers.get(name) ?? "" });
  const given = [...needed].filter((name) => !products.has(name));
  return {
    functions: [...products].map(([name, needs]) => ({ ...named(name), needs: needs.map(named) })),
    inputs: given.sort(compareNames).map(named),
  };
}

/** The dependencies that a module tells, by the names that its identifiers stand for. */
export function dependenciesOfModule(module: HamiltonModule): readonly Dependency[] {
  return module.functions.map(({ name, needs }) => ({ name, needs: needs.map((need) => need.name) }));
}

/** The module as JSON, in lines. */
export function writeHamiltonJson(module: HamiltonModule): string {
  return `${JSON.stringify(module, null, 2)}\n`;
}

/**
 * The module as Python, ASCII, that needs nothing but Python itself to be imported. Each function calls `_make` with
 * the name of what it produces and the values of what it needs by name; replace `_make` to build something else than
 * a description.
 */
export function writeHamiltonPython(module: HamiltonModule): string {
  return [head, ...module.functions.map(pythonFunction)].join("\n\n");
}

const head = `"""Functions named for what they produce, with parameters named for what they need."""

from typing import Any


def _make(name, inputs):
    """Tells what was asked for. Replace it to build for real."""
    return {"name": name, "inputs": sorted(inputs)}
`;

function pythonFunction({ name, identifier, needs }: HamiltonFunction): string {
  const parameters = needs.map((need) => `${need.identifier}: Any`).join(", ");
  const values = needs.map((need) => `${pythonText(need.name)}: ${need.identifier}`).join(", ");
  return [
    `def ${identifier}(${parameters}) -> Any:`,
    `    ${pythonText(name)}`,
    `    return _make(${pythonText(name)}, {${values}})`,
    "",
  ].join("\n");
}

/** A Python string literal of printable ASCII alone. */
function pythonText(text: string): string {
  const escaped = text.replace(/[\\"]|[^ -~]/gu, (sign) => {
    if (sign === "\\" || sign === '"') return `\\${sign}`;
    const code = sign.codePointAt(0)!.toString(16);
    return code.length > 4 ? `\\U${code.padStart(8, "0")}` : `\\u${code.padStart(4, "0")}`;
  });
  return `"${escaped}"`;
}
