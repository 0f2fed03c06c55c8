import { unreachable } from "../base/invariant.ts";
import type { GraphFormat, GraphText } from "../model/diagnostics.ts";
import { writeDot } from "../graph/dot.ts";
import { writeMermaid } from "../graph/mermaid.ts";
import { writeNodeLink } from "../graph/node-link.ts";
import { hamiltonModule, productsOf, writeHamiltonJson, writeHamiltonPython } from "../rules/hamilton.ts";
import { drawRules } from "../rules/rule-drawing.ts";
import type { RuleGraph } from "../rules/rule-graph.ts";

/** The rule graph of the project `name` as the text of a file. */
export function writeGraph(graph: RuleGraph, format: GraphFormat, name: string): GraphText {
  const drawing = () => drawRules(graph, { name });
  const stem = name.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/gu, "") || "project";
  switch (format) {
    case "dot":
      return { fileName: `${stem}.dot`, mediaType: "text/vnd.graphviz", text: writeDot(drawing()) };
    case "mermaid":
      return { fileName: `${stem}.mmd`, mediaType: "text/vnd.mermaid", text: writeMermaid(drawing()) };
    case "json":
      return { fileName: `${stem}.json`, mediaType: "application/json", text: writeNodeLink(drawing()) };
    case "dependencies":
      return {
        fileName: `${stem}-dependencies.json`,
        mediaType: "application/json",
        text: writeHamiltonJson(hamiltonModule(productsOf(graph))),
      };
    case "hamilton":
      // Python imports a module by its file name, so the name is the same for every project.
      return {
        fileName: "strata_graph.py",
        mediaType: "text/x-python",
        text: writeHamiltonPython(hamiltonModule(productsOf(graph))),
      };
    default:
      return unreachable(format);
  }
}
