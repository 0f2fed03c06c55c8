import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { instance } from "@viz-js/viz";
import { decodeHTML } from "entities";
import fc from "fast-check";
import mermaid from "mermaid";
import { expect, it } from "vitest";
import { z } from "zod";
import { writeDot } from "./dot.ts";
import { drawingOf, printable, sortedEdges, wellFormed } from "./drawing.ts";
import type { Drawing } from "./drawing.ts";
import { drawings } from "./hostile-labels.test-kit.ts";
import { writeMermaid } from "./mermaid.ts";
import { writeNodeLink } from "./node-link.ts";
import { draw, longSketch, sketches } from "./random-graph.test-kit.ts";

const viz = await instance();

type Purifier = { addHook?: () => void; sanitize?: (text: string) => string };

/** Mermaid cleans labels with a package that needs a document; what is asked here is what its grammar reads. */
const purifierPath = createRequire(import.meta.url)
  .resolve("dompurify")
  .replace("purify.cjs.js", "purify.es.mjs");
const { default: purifier }: { default: Purifier } = await import(pathToFileURL(purifierPath).href);
purifier.addHook ??= () => {};
purifier.sanitize ??= (text) => text;
await mermaid.parse("flowchart LR\n  n0");

/** The lines of a label that are seen. */
const seen = (text: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

const ends = ({ source, target }: { source: number; target: number }) => `${source} ${target}`;

/** The texts that Graphviz draws for the nodes and edges of some kind, each by its title. */
function textsOf(svg: string, kind: "node" | "edge") {
  const groups = svg.matchAll(
    new RegExp(`<g id="[^"]*" class="${kind}">\\s*<title>([^<]*)</title>(.*?)</g>`, "gs"),
  );
  return [...groups].map(([, title = "", body = ""]) => ({
    title: decodeHTML(title),
    lines: [...body.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].flatMap(([, text = ""]) =>
      seen(decodeHTML(text)),
    ),
  }));
}

it("[G25] writes DOT that Graphviz shows as it was meant", () => {
  fc.assert(
    fc.property(drawings, (drawing) => {
      const { status, output, errors } = viz.render(writeDot(drawing), { format: "svg" });
      expect(errors.filter(({ level }) => level === "error")).toEqual([]);
      expect(status).toBe("success");
      const nodes = textsOf(output!, "node").sort(
        (a, b) => Number(a.title.slice(1)) - Number(b.title.slice(1)),
      );
      expect(nodes).toEqual(
        drawing.nodes.map(({ label }, v) => ({ title: `n${v}`, lines: seen(printable(label)) })),
      );
      const edges = textsOf(output!, "edge").map(({ title, lines }) => [title, ...lines].join("\n"));
      const expected = drawing.edges.map(({ source, target, label = "" }) =>
        [`n${source}->n${target}`, ...seen(printable(label))].join("\n"),
      );
      expect(edges.sort()).toEqual(expected.sort());
    }),
    { numRuns: 150 },
  );
});

/** What Mermaid shows for a text that its grammar read. */
const shown = (text: string) =>
  seen(
    decodeHTML(
      text.replaceAll("<br/>", "\n").replaceAll("ﬂ°°", "&#").replaceAll("ﬂ°", "&").replaceAll("¶ß", ";"),
    ),
  );

/** The nodes and edges that Mermaid's grammar read. */
function flowOf(db: unknown) {
  const vertex = z.object({ id: z.string(), text: z.string() });
  const edge = z.object({ start: z.string(), end: z.string(), text: z.string() });
  const shape = z.object({ vertices: z.map(z.string(), vertex), edges: z.array(edge) });
  const { vertices, edges } = shape.parse(db);
  return { vertices: [...vertices.values()], edges };
}

it("[G26] writes Mermaid that Mermaid shows as it was meant", async () => {
  await fc.assert(
    fc.asyncProperty(drawings, async (drawing) => {
      // oxlint-disable-next-line no-deprecated -- nothing newer gives what the grammar read.
      const diagram = await mermaid.mermaidAPI.getDiagramFromText(writeMermaid(drawing));
      expect(diagram.type).toBe("flowchart-v2");
      const { vertices, edges } = flowOf(diagram.db);
      expect(vertices.map((each) => [each.id, shown(each.text)])).toEqual(
        drawing.nodes.map(({ label }, v) => [`n${v}`, seen(printable(label))]),
      );
      expect(edges.map((each) => [`${each.start} ${each.end}`, shown(each.text)])).toEqual(
        sortedEdges(drawing).map(({ source, target, label = "" }) => [
          `n${source} n${target}`,
          seen(printable(label)),
        ]),
      );
    }),
    { numRuns: 500 },
  );
});

it("[G27] writes JSON that tells the whole drawing", () => {
  fc.assert(
    fc.property(drawings, (drawing) => {
      const json = writeNodeLink(drawing);
      expect(json).toBe(wellFormed(json));
      const read = JSON.parse(json);
      const pairs = drawing.edges.map(ends);
      expect(read.multigraph).toBe(new Set(pairs).size < pairs.length);
      expect(read).toMatchObject({ directed: true, attrs: { name: wellFormed(drawing.name) } });
      expect(read.nodes).toEqual(
        drawing.nodes.map(({ label }, id) => ({ id, data: { label: wellFormed(label) } })),
      );
      expect(read.links).toEqual(
        sortedEdges(drawing).map(({ source, target, label }, id) => ({
          source,
          target,
          id,
          data: label === undefined ? null : { label: wellFormed(label) },
        })),
      );
    }),
    { numRuns: 500 },
  );
});

it("[G27] keeps the data of a node, whatever its keys", () => {
  const data = Object.fromEntries([
    ["__proto__", "a"],
    ["1", "\ud800"],
  ]);
  const drawing: Drawing = { name: "", nodes: [{ label: "l", data }], edges: [] };
  expect(Object.entries(JSON.parse(writeNodeLink(drawing)).nodes[0].data)).toEqual([
    ["1", "\ufffd"],
    ["__proto__", "a"],
    ["label", "l"],
  ]);
});

it("[G28] writes the same text in whatever order the edges come", () => {
  const mixed = drawings.chain((drawing) =>
    fc.record({
      drawing: fc.constant(drawing),
      edges: fc.shuffledSubarray([...drawing.edges], { minLength: drawing.edges.length }),
    }),
  );
  fc.assert(
    fc.property(mixed, ({ drawing, edges }) => {
      for (const write of [writeDot, writeMermaid, writeNodeLink]) {
        expect(write({ ...drawing, edges })).toBe(write(drawing));
      }
    }),
    { numRuns: 500 },
  );
  fc.assert(
    fc.property(sketches(), (sketch) => {
      const labels = Array.from({ length: sketch.nodes }, (_, v) => `node ${v}`);
      const written = writeDot(drawingOf("g", draw(sketch), labels));
      const turned = { ...sketch, edges: sketch.edges.toReversed() };
      expect(writeDot(drawingOf("g", draw(turned), labels))).toBe(written);
    }),
  );
});

it("[G28] refuses an edge to no node, and a graph with a label too few", () => {
  expect(() => writeDot({ name: "", nodes: [], edges: [{ source: 0, target: 0 }] })).toThrow(
    "joins two nodes",
  );
  expect(() => drawingOf("", draw({ nodes: 2, edges: [] }), ["a"])).toThrow("has a label");
});

it("[G22] writes a chain of 1,000,000 nodes", () => {
  const chain = longSketch("chain");
  const drawing = drawingOf(
    "chain",
    chain,
    Array.from({ length: chain.nodes }, (_, v) => `node ${v}`),
  );
  expect(writeDot(drawing)).toContain("  n999998 -> n999999;\n}\n");
  expect(writeMermaid(drawing)).toContain("  n999998 --> n999999\n");
  expect(JSON.parse(writeNodeLink(drawing)).links.length).toBe(999_999);
}, 60_000);
